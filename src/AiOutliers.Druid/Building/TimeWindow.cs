using System.Globalization;

namespace AiOutliers.Druid.Building;

/// <summary>A stretch of time, in milliseconds since 1970; the end is outside.</summary>
public readonly record struct TimeWindow(long From, long To)
{
    public long Length => To - From;

    /// <summary>As Druid writes intervals.</summary>
    public override string ToString() => $"{Text(From)}/{Text(To)}";

    private static string Text(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
