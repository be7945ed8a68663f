using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Console.Explore;

/// <summary>The same hours a week before, by the same clock: from the rows that the detector has looked at anyway.</summary>
internal static class LastWeek
{
    private const int Days = 7;

    /// <returns>A value for each row; NaN where there is none. Null where there is none at all.</returns>
    public static double[]? Of(JointReport report, string metric, TimeZoneInfo zone)
    {
        var (shown, judged) = (report.Table, report.Judged);
        var times = judged.Times;
        var values = judged.Column(metric);
        var behind = new double[shown.Rows];
        for (var row = 0; row < behind.Length; row++)
        {
            var time = Before(shown.Times[row], zone);
            var at = judged.RowFrom(time);
            behind[row] = at < times.Length && times[at] == time ? values[at] : double.NaN;
        }
        return Array.Exists(behind, double.IsFinite) ? behind : null;
    }

    /// <summary>Where the clock has been changed since, a week is an hour more or less.</summary>
    private static long Before(long time, TimeZoneInfo zone)
    {
        var then = DateTimeOffset.FromUnixTimeMilliseconds(time);
        var before = then.AddDays(-Days);
        return (before + (zone.GetUtcOffset(then) - zone.GetUtcOffset(before))).ToUnixTimeMilliseconds();
    }
}
