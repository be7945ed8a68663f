using System.Globalization;

namespace AiOutliers.Service.Api.V2;

/// <summary>A time in a request: milliseconds since 1970, or ISO 8601; without an offset it is UTC.</summary>
internal static class RequestTime
{
    public const string Words = "milliseconds since 1970, or a text such as 2024-09-20T12:00Z";

    /// <summary>From the year 1 to 3938.</summary>
    private const long MostMilliseconds = 62_135_596_800_000;

    /// <summary>Null where it is neither.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds is > -MostMilliseconds and < MostMilliseconds
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }
        return text.Length >= 10 && char.IsAsciiDigit(text[0]) && text[4] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
