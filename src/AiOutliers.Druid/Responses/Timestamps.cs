using System.Buffers;
using System.Globalization;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Timestamps: ISO 8601 in its usual forms, with or without an offset (none means UTC), or a number since 1970: of ten
/// digits seconds, of 13 milliseconds, of 16 microseconds, of 19 nanoseconds, of any other length milliseconds. What
/// can be read in two ways is not a timestamp.
/// </summary>
public static class Timestamps
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        | DateTimeStyles.AllowTrailingWhite | DateTimeStyles.AllowLeadingWhite;

    private const NumberStyles Epoch = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private static readonly string[] BasicForms = ["yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmss.fffK", "yyyyMMdd'T'HHmmK"];

    private static readonly SearchValues<string> Months = SearchValues.Create(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], StringComparison.OrdinalIgnoreCase);

    private static readonly double Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly double Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <param name="text">The timestamp.</param>
    /// <param name="time">Milliseconds since 1970-01-01T00:00Z.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out long time)
    {
        time = 0;
        text = text.Trim();
        if (text.IsEmpty)
            return false;
        var digits = text.TrimStart('-').IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.TrimStart('-').Length : end;
        if (digits > 4 && double.TryParse(text, Epoch, CultureInfo.InvariantCulture, out var number))
            return TimeProblem.CompactForm(text) is null && TryEpoch(text, number, digits, out time);
        if (digits == 8 && DateTimeOffset.TryParseExact(text, BasicForms, CultureInfo.InvariantCulture, Utc, out var basic))
        {
            time = basic.ToUnixTimeMilliseconds();
            return true;
        }
        if (!IsYearFirst(text) && !IsInWords(text))
            return false;
        if (!DateTimeOffset.TryParse(WithPoint(text), CultureInfo.InvariantCulture, Utc, out var parsed))
            return false;
        time = parsed.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>Whether a timestamp says neither an offset nor UTC: it is the time of some clock.</summary>
    public static bool IsLocal(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (double.TryParse(text, Epoch, CultureInfo.InvariantCulture, out _) || text.EndsWith(" UTC", StringComparison.Ordinal))
            return false;
        const DateTimeStyles AsItIs = DateTimeStyles.RoundtripKind;
        return (DateTime.TryParseExact(text, BasicForms, CultureInfo.InvariantCulture, AsItIs, out var time)
            || DateTime.TryParse(WithPoint(text), CultureInfo.InvariantCulture, AsItIs, out time)) && time.Kind == DateTimeKind.Unspecified;
    }

    private static bool TryEpoch(ReadOnlySpan<char> text, double number, int digits, out long time)
    {
        time = 0;
        var unit = digits switch { 10 => 1000, 16 => 1e-3, 19 => 1e-6, _ => 1 };
        if (!(Earliest <= number * unit && number * unit <= Latest))
            return false;
        // A double does not hold 19 digits: whole numbers are divided as such.
        time = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? digits switch { 10 => whole * 1000, 16 => whole / 1000, 19 => whole / 1_000_000, _ => whole }
            : (long)Math.Round(number * unit);
        return true;
    }

    /// <summary><c>2024-09-02</c> or <c>2024/09/02</c>; 02/09/2024 may be the 2nd of September or the 9th of February.</summary>
    private static bool IsYearFirst(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[..4].IndexOfAnyExceptInRange('0', '9') < 0 && text[4] is '-' or '/' && char.IsAsciiDigit(text[5]);

    /// <summary><c>Fri, 01 Mar 2024 10:00:00 GMT</c>: the month's name tells day from month.</summary>
    private static bool IsInWords(ReadOnlySpan<char> text) => text.Length > 10 && text.IndexOfAny(Months) >= 0;

    /// <summary>ISO 8601 allows a comma before the fraction of a second, and writers add UTC as a word.</summary>
    private static ReadOnlySpan<char> WithPoint(ReadOnlySpan<char> text)
    {
        if (text.EndsWith(" UTC", StringComparison.Ordinal))
            text = text[..^4];
        return text.Length > 19 && text[19] == ',' ? text.ToString().Replace(',', '.') : text;
    }
}
