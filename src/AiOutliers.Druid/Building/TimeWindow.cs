using System.Globalization;

namespace AiOutliers.Druid.Building;

/// <summary>A stretch of time, in milliseconds since 1970; the end is outside.</summary>
public readonly record struct TimeWindow(long From, long To)
{
    private const long Week = 7 * 86_400_000L;

    public long Length => To - From;

    /// <summary>The last week of a stretch, or all of it: what is longer would be compared with parts of itself.</summary>
    public static TimeWindow LastWeekOf(long from, long to) => new(Math.Max(from, to - Week), to);

    /// <summary>As Druid writes intervals.</summary>
    public override string ToString() => $"{Text(From)}/{Text(To)}";

    private static string Text(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
