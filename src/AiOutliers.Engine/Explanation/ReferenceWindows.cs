using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>The same time of the same weekday in earlier weeks, by the series' own clock.</summary>
internal static class ReferenceWindows
{
    /// <summary>More weeks say little more about the usual, and are further from today's.</summary>
    public const int Most = 6;

    /// <summary>With fewer, one odd week is a third of what is expected.</summary>
    public const int Fewest = 3;

    /// <summary>A window that differs from the median by this factor is odd itself. Ordinary weeks differ by a fifth.</summary>
    private const double Odd = 1.6;

    /// <param name="window">The window.</param>
    /// <param name="begin">Where the data begins, in milliseconds since 1970; null when unknown.</param>
    /// <param name="zone">The series' clock.</param>
    public static List<TimeWindow> Of(TimeWindow window, long? begin, TimeZoneInfo zone)
    {
        var windows = new List<TimeWindow>();
        for (var week = 1; windows.Count < Most && week <= 2 * Most; week++)
        {
            var from = Earlier(window.From, 7 * week, zone);
            // A window of several weeks is compared with those before it, not with parts of itself.
            if (from + window.Length > window.From)
                continue;
            if (from < (begin ?? long.MinValue))
                break;
            windows.Add(new(from, from + window.Length));
        }
        return windows;
    }

    /// <summary>The windows that are ordinary: with rows, and a sum near the others'.</summary>
    public static List<int> Ordinary(IReadOnlyList<(double Sum, double Rows)> totals)
    {
        var known = Enumerable.Range(0, totals.Count).Where(at => totals[at].Rows > 0).ToList();
        if (known.Count < Fewest)
            return known;
        var sums = known.Select(at => totals[at].Sum).Order().ToArray();
        var median = (sums[(sums.Length - 1) / 2] + sums[sums.Length / 2]) / 2;
        return known.FindAll(at => totals[at].Sum <= median * Odd && totals[at].Sum >= median / Odd);
    }

    private static long Earlier(long time, int days, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(time), zone).DateTime.AddDays(-days);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeMilliseconds();
    }
}
