using System.Globalization;

namespace AiOutliers.Detection.Series;

/// <summary>
/// Spans of time as people write them: an ISO 8601 duration (<c>P14D</c>, <c>PT1H</c>), or a number with its unit (<c>28d</c>, <c>90m</c>).
/// </summary>
public static class TimeSpans
{
    public const string Allowed = "an ISO 8601 duration such as P14D or PT1H, or a number with a unit: 28d, 12h, 30m, 2w";

    /// <summary>Ten years: what lies further back is a mistake.</summary>
    private const double LongestDays = 3660;

    /// <summary>A month counts as 30 days.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        var seconds = Short(text)
            ?? (Granularity.PeriodOf(text) is { } period && text is ['p' or 'P', ..] ? Granularity.Parse(period).Seconds : 0);
        if (!(seconds > 0 && seconds <= LongestDays * 86_400))
            return false;
        span = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static double? Short(string text)
    {
        double? unit = text is [.., var last]
            ? char.ToLowerInvariant(last) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'w' => 604_800, _ => null }
            : null;
        return unit is not null
            && double.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number * unit
            : null;
    }
}
