using System.Globalization;
using System.Text.RegularExpressions;

namespace AiOutliers.Detection.Series;

/// <summary>
/// The width of a bucket of time: an ISO 8601 period in any case (<c>PT5M</c>, <c>p1d</c>), or one of Druid's simple names (<c>hour</c>).
/// Months and the rest are kept apart, because a month has no fixed length.
/// </summary>
/// <param name="Months">Calendar months; a year has twelve.</param>
/// <param name="Milliseconds">What has a fixed length; a day has 24 hours here.</param>
public readonly partial record struct Granularity(int Months, long Milliseconds)
{
    private const double SecondsPerMonth = 30 * 86_400;

    private static readonly Dictionary<string, string> SimpleNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["second"] = "PT1S",
        ["minute"] = "PT1M",
        ["five_minute"] = "PT5M",
        ["ten_minute"] = "PT10M",
        ["fifteen_minute"] = "PT15M",
        ["thirty_minute"] = "PT30M",
        ["hour"] = "PT1H",
        ["six_hour"] = "PT6H",
        ["eight_hour"] = "PT8H",
        ["day"] = "P1D",
        ["week"] = "P1W",
        ["month"] = "P1M",
        ["quarter"] = "P3M",
        ["year"] = "P1Y",
    };

    /// <summary>Seconds per bucket, for rates; a month counts as 30 days.</summary>
    public double Seconds => Months * SecondsPerMonth + Milliseconds / 1000.0;

    /// <summary>The ISO 8601 period of a text that is a period or a simple name, in capitals; null for anything else.</summary>
    public static string? PeriodOf(string text) =>
        SimpleNames.TryGetValue(text, out var period) ? period : TryParsePeriod(text, out _) ? text.ToUpperInvariant() : null;

    /// <exception cref="AiOutliersException">The text is neither a period nor a simple name; the message repeats it.</exception>
    public static Granularity Parse(string text) => TryParsePeriod(SimpleNames.GetValueOrDefault(text, text), out var granularity)
        ? granularity
        : throw new AiOutliersException(ErrorKind.BadInput,
            $"the granularity '{Shortened(text)}' is not known; "
            + $"use an ISO 8601 period such as PT5M, or one of {string.Join(", ", SimpleNames.Keys)}");

    private static bool TryParsePeriod(string text, out Granularity granularity)
    {
        granularity = default;
        var match = Period().Match(text);
        if (!match.Success)
            return false;
        var months = Part(match, "years") * 12 + Part(match, "months");
        var days = Part(match, "weeks") * 7 + Part(match, "days");
        var seconds = Part(match, "hours") * 3600 + Part(match, "minutes") * 60 + Part(match, "seconds");
        var milliseconds = match.Groups["fraction"].Success
            ? (long)(double.Parse("0." + match.Groups["fraction"].Value, CultureInfo.InvariantCulture) * 1000)
            : 0;
        granularity = new((int)months, (days * 86_400 + seconds) * 1000 + milliseconds);
        return granularity.Seconds > 0;
    }

    private static long Part(Match match, string name) =>
        match.Groups[name].Success ? long.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";

    // At most six digits a part: nothing overflows.
    [GeneratedRegex(
        @"^P(?!\z)(?:(?<years>[0-9]{1,6})Y)?(?:(?<months>[0-9]{1,6})M)?(?:(?<weeks>[0-9]{1,6})W)?(?:(?<days>[0-9]{1,6})D)?"
        + @"(?:T(?!\z)(?:(?<hours>[0-9]{1,6})H)?(?:(?<minutes>[0-9]{1,6})M)?"
        + @"(?:(?<seconds>[0-9]{1,6})(?:\.(?<fraction>[0-9]{1,3}))?S)?)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Period();
}
