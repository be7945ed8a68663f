using System.Globalization;

namespace AiOutliers.Druid.Responses;

/// <summary>Druid's timestamps: ISO 8601 with or without an offset (none means UTC), or milliseconds since 1970.</summary>
public static class Timestamps
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowTrailingWhite;

    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <param name="text">The timestamp.</param>
    /// <param name="time">Milliseconds since 1970-01-01T00:00Z.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out long time)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out time) && text.Length > 4)
            return Earliest <= time && time <= Latest;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var parsed))
            return false;
        time = parsed.ToUnixTimeMilliseconds();
        return true;
    }
}
