using System.Globalization;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>What a user says of a file that its content does not tell.</summary>
public sealed record InputOptions
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    public static readonly InputOptions None = new();

    /// <summary>The columns whose values make a series each; null lets the content decide.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>
    /// How times are written, in the letters of .NET: <c>dd/MM/yyyy HH:mm</c>; null takes ISO 8601 and numbers since 1970.
    /// </summary>
    public string? TimeFormat { get; init; }

    /// <summary>Whose clock times without an offset are of; null: UTC.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Whether it is what nfdump writes.</summary>
    internal bool IsNfdump { get; init; }

    /// <summary>The clock of one reading of a file; null where none is given.</summary>
    internal LocalTimes? Clock() => Zone is null ? null : new(Zone);

    /// <summary>Whether a text that is a time says no offset.</summary>
    internal bool IsLocal(string text)
    {
        const DateTimeStyles AsItIs = DateTimeStyles.RoundtripKind | DateTimeStyles.AllowWhiteSpaces;
        if (TimeFormat is null)
            return Timestamps.IsLocal(text);
        return DateTime.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, AsItIs, out var time)
            && time.Kind == DateTimeKind.Unspecified;
    }

    /// <summary>Reads a time as this file has it; one without an offset as if it were UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">Milliseconds since 1970.</param>
    public bool TryTime(string text, out long time)
    {
        if (TimeFormat is null)
            return Timestamps.TryParse(text, out time);
        var isTime = DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, Utc, out var parsed);
        time = isTime ? parsed.ToUnixTimeMilliseconds() : 0;
        return isTime;
    }
}
