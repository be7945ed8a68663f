using System.Globalization;
using System.Text.RegularExpressions;

namespace AiOutliers.Druid.Responses;

/// <summary>Says why a text is not taken for a time: above all, where it can be read in two ways, which two.</summary>
public static partial class TimeProblem
{
    private const string Form = "yyyy-MM-dd HH:mm";

    private static readonly string[] DayFirst = ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M.d.yyyy", "M-d-yyyy"];

    /// <param name="text">What stands where a time belongs; null for something that is neither text nor a number.</param>
    public static string Of(string? text)
    {
        if (text is null)
            return "it is neither a text nor a number";
        var shown = $"'{(text.Length <= 40 ? text : text[..40] + "…")}'";
        text = text.Trim();
        if (CompactForm(text) is { } compact)
            return $"{shown} may be {Read(text, [compact])} ({compact}) or a number since 1970; say which with --time-format {compact}";
        var (day, month) = (Read(text.Split(' ')[0], DayFirst), Read(text.Split(' ')[0], MonthFirst));
        if (day is not null || month is not null)
            return $"{shown} may have the day or the month first ({Readings(day, month)}); "
                + $"say which with --time-format, for example \"{FormOf(text, isDayFirst: day is not null)}\"";
        return text.Length is >= 4 and <= 8 && text.Contains(':', StringComparison.Ordinal) || HalfDay().IsMatch(text)
            ? $"{shown} has no date"
            : $"{shown} is not ISO 8601 such as 2024-09-24T14:30:00Z, nor a number since 1970; --time-format says how else to read it";
    }

    /// <summary>The form in which a row of digits is a date of our time, and so hardly a number of milliseconds; else null.</summary>
    public static string? CompactForm(ReadOnlySpan<char> text)
    {
        var form = text.Length switch { 8 => "yyyyMMdd", 12 => "yyyyMMddHHmm", 14 => "yyyyMMddHHmmss", _ => null };
        return form is not null
            && DateTime.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is > 1969 and < 2100
                ? form
                : null;
    }

    /// <summary>The form of a text such as <c>02.09.2024 14:30</c>, in the letters of .NET.</summary>
    private static string FormOf(string text, bool isDayFirst)
    {
        var parts = text.Split(' ', 2);
        var separator = parts[0].First(static character => !char.IsAsciiDigit(character));
        var (day, month) = parts[0].IndexOf(separator, StringComparison.Ordinal) == 2 ? ("dd", "MM") : ("d", "M");
        var date = isDayFirst ? $"{day}{separator}{month}{separator}yyyy" : $"{month}{separator}{day}{separator}yyyy";
        return parts.Length == 1 ? date : $"{date} {ClockForm(parts[1])}";
    }

    private static string ClockForm(string clock)
    {
        var minutes = clock.Count(static character => character == ':') > 1 ? ":mm:ss" : ":mm";
        if (HalfDay().Match(clock) is { Success: true } half)
            return $"h{minutes}{half.Groups["blank"].Value}tt";
        return (clock.IndexOf(':', StringComparison.Ordinal) == 1 ? "H" : "HH") + minutes;
    }

    [GeneratedRegex(@"^\d{1,2}:\d\d(:\d\d)?(?<blank> ?)[AaPp][Mm]$")]
    private static partial Regex HalfDay();

    private static string Readings(string? day, string? month) =>
        string.Join(" or ", new[] { day, month }.OfType<string>().Select(static date => date.Split(' ')[0]));

    private static string? Read(string text, string[] forms) =>
        DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString(Form, CultureInfo.InvariantCulture)
            : null;
}
