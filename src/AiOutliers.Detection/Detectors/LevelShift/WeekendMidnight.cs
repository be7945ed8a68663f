using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>When weekends begin: by how many blocks after the cut of the days, negative for before.</summary>
internal static class WeekendMidnight
{
    /// <summary>Local midnight is within this many hours of the lowest half hour.</summary>
    private const int HoursAround = 6;

    /// <summary>
    /// The change from the working week to the weekend, and back, where it leaves least: before it, the night is like a working day's;
    /// after it, like the night in the middle of the weekend. The median over all weekends, so one odd night does not matter.
    /// </summary>
    public static int Find(ReadOnlySpan<double> y, DayProfile profile)
    {
        var around = Math.Max(1, HoursAround * profile.BlocksPerDay / 24);
        using var room = new PooledBuffer(profile.Levels.Length);
        var (moved, lowest, delay) = (0.0, double.PositiveInfinity, 0);
        Span<double> costs = stackalloc double[2 * around + 1];
        for (var at = -around; at < around; at++)
        {
            costs[at + around] = moved;
            var into = Night(y, profile, 0, at, room.Span);
            var within = Night(y, profile, 1, at, room.Span);
            var back = Night(y, profile, 2, at, room.Span);
            // One block later: it still counts to the working day going in, and to the weekend coming back.
            if (!double.IsNaN(into + within))
                moved += Math.Abs(into) - Math.Abs(into - within);
            if (!double.IsNaN(back + within))
                moved += Math.Abs(back - within) - Math.Abs(back);
        }
        costs[2 * around] = moved;
        for (var at = 0; at <= 2 * around; at++)
        {
            var candidate = (at + 1) / 2 * (at % 2 == 0 ? 1 : -1);
            if (costs[candidate + around] < lowest)
                (lowest, delay) = (costs[candidate + around], candidate);
        }
        return delay;
    }

    /// <summary>
    /// The median, over weeks, of the block <paramref name="at"/> after the cut that begins a day, against the working days' level.
    /// </summary>
    /// <param name="daysIn">0 for the weekend's first day, 1 for its second, 2 for the day after.</param>
    private static double Night(ReadOnlySpan<double> y, DayProfile profile, int daysIn, int at, Span<double> room)
    {
        var count = 0;
        for (var day = (profile.Weekend + daysIn) % 7; day < profile.Levels.Length; day += 7)
        {
            var i = profile.FirstBlock(day) + at;
            if (i < 0 || i >= y.Length)
                continue;
            var rest = y[i] - Weekends.WorkLevel(profile, at < 0 ? day - 1 : day);
            if (!double.IsNaN(rest))
                room[count++] = rest;
        }
        return Median.Of(room[..count]);
    }
}
