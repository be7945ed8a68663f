using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// What is usual on weekends, once the calendar says where they are: their hours follow a day of their own (T), and their level is lower or
/// higher (ω). Without this, an office's flat Saturday looks like a day whose peak is missing, and hides what does happen.
/// </summary>
internal static class Weekends
{
    /// <summary>From this many days on, their median does not follow what happened on one of them.</summary>
    private const int LeastDays = 3;

    /// <summary>
    /// One or two weekend days that differ this many times more from the usual day than working days do have a day of their own.
    /// </summary>
    private const double Unlike = 2.5;

    /// <summary>
    /// Days begin at local midnight, not at the cut: one before the first and one after the last may reach into the series.
    /// </summary>
    private const int FirstDay = -1;

    /// <summary>
    /// Takes the weekend's own day out of <paramref name="y"/>. Where there are too few weekend days to know it, all that differs between
    /// their hours goes: nothing is judged there.
    /// </summary>
    /// <param name="y">The blocks without the working days' usual day; the level stays in it.</param>
    /// <returns>By how many blocks weekends begin after the cut of the days; negative for before.</returns>
    public static int SubtractDay(Span<double> y, DayProfile profile)
    {
        var delay = WeekendMidnight.Find(y, profile);
        var m = profile.BlocksPerDay;
        var days = CountDays(profile, true);
        using var room = new PooledBuffer(days + m + 1);
        var shape = room.Span[..m];
        var (costOfNone, costOfOwn) = WeekendShape.Find(y, profile, delay, room.Span[m..], shape);
        var asUsual = days >= LeastDays
            ? costOfOwn >= costOfNone
            : !(MedianRest(y, profile, true) > Unlike * MedianRest(y, profile, false));
        if (asUsual)
            return delay;
        for (var day = FirstDay; day <= profile.Levels.Length; day++)
        {
            if (!profile.IsWeekend(day))
                continue;
            var level = day >= 0 && day < profile.Levels.Length && days < LeastDays ? profile.Levels[day] : double.NaN;
            var (first, end) = Bounds(day, delay, profile, y.Length);
            for (var i = first; i < end; i++)
                y[i] = double.IsNaN(level) || double.IsNaN(y[i]) ? y[i] - shape[i - profile.FirstBlock(day) - delay] : level;
        }
        return delay;
    }

    /// <summary>ω is taken out of the weekends: the median of their levels against the working days next to them.</summary>
    public static void SubtractLevel(Span<double> y, DayProfile profile, int delay)
    {
        using var room = new PooledBuffer(profile.Levels.Length);
        var count = 0;
        for (var day = 0; day < profile.Levels.Length; day++)
        {
            var offset = profile.IsWeekend(day) ? profile.Levels[day] - WorkLevel(profile, day) : double.NaN;
            if (!double.IsNaN(offset))
                room.Span[count++] = offset;
        }
        if (count == 0)
            return;
        var level = Median.Of(room.Span[..count]);
        for (var day = FirstDay; day <= profile.Levels.Length; day++)
        {
            if (!profile.IsWeekend(day))
                continue;
            var (first, end) = Bounds(day, delay, profile, y.Length);
            for (var i = first; i < end; i++)
                y[i] -= level;
        }
    }

    /// <summary>The median, over the blocks of the weekends or of the working days, of what they differ by from the usual day.</summary>
    private static double MedianRest(ReadOnlySpan<double> y, DayProfile profile, bool ofWeekends)
    {
        using var room = new PooledBuffer(y.Length);
        var count = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var day = profile.DayOf(i);
            if (profile.IsWeekend(day) == ofWeekends && !double.IsNaN(y[i] - profile.Levels[day]))
                room.Span[count++] = Math.Abs(y[i] - profile.Levels[day]);
        }
        return Median.Of(room.Span[..count]);
    }

    /// <summary>
    /// A working day's own level; on a weekend, the mean of the nearest working days before and after. NaN when not known.
    /// </summary>
    internal static double WorkLevel(DayProfile profile, int day)
    {
        var levels = profile.Levels;
        var (before, after) = (double.NaN, double.NaN);
        for (var other = day; other >= 0 && other > day - 7 && double.IsNaN(before); other--)
            before = other < levels.Length && !profile.IsWeekend(other) ? levels[other] : double.NaN;
        for (var other = Math.Max(0, day); other < levels.Length && other < day + 7 && double.IsNaN(after); other++)
            after = profile.IsWeekend(other) ? double.NaN : levels[other];
        return double.IsNaN(before) ? after : double.IsNaN(after) ? before : (before + after) / 2;
    }

    /// <summary>Working days whose level is known.</summary>
    public static int CountWorkdays(DayProfile profile) => CountDays(profile, false);

    private static int CountDays(DayProfile profile, bool ofWeekends)
    {
        var count = 0;
        for (var day = 0; day < profile.Levels.Length; day++)
            count += profile.IsWeekend(day) == ofWeekends && !double.IsNaN(profile.Levels[day]) ? 1 : 0;
        return count;
    }

    private static (int First, int End) Bounds(int day, int delay, DayProfile profile, int blocks) =>
        (Math.Clamp(profile.FirstBlock(day) + delay, 0, blocks), Math.Clamp(profile.FirstBlock(day + 1) + delay, 0, blocks));
}
