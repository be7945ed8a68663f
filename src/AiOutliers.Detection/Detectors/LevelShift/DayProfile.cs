using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// The usual day S and the level U of every day, by median polish (Tukey, Exploratory Data Analysis, 1977, chapter 11): in turn, the level
/// of a day is the median of Y − S in it, and the profile at a phase the median of Y − U over the days. Neither follows a change of
/// some hours.
/// </summary>
internal readonly ref struct DayProfile
{
    /// <summary>Two rounds find the shape of the night, three settle the numbers.</summary>
    private const int RoundsForCut = 2;

    private const int Rounds = 3;

    private DayProfile(int cut, int weekend, Span<double> shape, Span<double> levels)
    {
        Cut = cut;
        Weekend = weekend;
        Shape = shape;
        Levels = levels;
    }

    public int BlocksPerDay => Shape.Length;

    /// <summary>
    /// k0, 0 to m − 1: the nightly minimum, where days are cut; day d holds the blocks k0 + (d−1)·m up to k0 + d·m.
    /// </summary>
    public int Cut { get; }

    /// <summary>o, when the calendar is known; else <see cref="StepFit.None"/>.</summary>
    public int Weekend { get; }

    public bool KnowsWeekends => Weekend != StepFit.None;

    public bool IsWeekend(int day) => StepFit.IsWeekend(day, Weekend);

    /// <summary>S, one per phase; its median is 0.</summary>
    public ReadOnlySpan<double> Shape { get; }

    /// <summary>U, one per day; NaN for a day of which less than half is known.</summary>
    public ReadOnlySpan<double> Levels { get; }

    public static int MostDays(int blocks, DayGrid grid) => blocks / grid.BlocksPerDay + 2;

    /// <param name="blocks">Y; NaN is missing.</param>
    /// <param name="calendar">Where it is known, the usual day is that of the working days.</param>
    /// <param name="profile">Room for m numbers.</param>
    /// <param name="levels">Room for <see cref="MostDays"/> numbers.</param>
    public static DayProfile Polish(
        ReadOnlySpan<double> blocks, DayGrid grid, Span<double> profile, Span<double> levels, ShiftCalendar? calendar = null)
    {
        var m = grid.BlocksPerDay;
        Polish(blocks, m, m, StepFit.None, RoundsForCut, profile, levels);
        var cut = 0;
        for (var phase = 1; phase < m; phase++)
        {
            if (profile[phase] < profile[cut] || double.IsNaN(profile[cut]))
                cut = phase;
        }
        var days = Polish(blocks, m, cut, StepFit.None, Rounds, profile, levels);
        if (calendar is null)
            return new(cut, StepFit.None, profile, levels[..days]);
        var weekend = calendar == ShiftCalendar.Unknown
            ? WeekendChoice.Best(levels[..days])
            : WeekendChoice.Of(levels[..days], calendar.FirstWeekendDay(grid, cut));
        Polish(blocks, m, cut, weekend, Rounds, profile, levels);
        return new(cut, weekend, profile, levels[..days]);
    }

    /// <summary>The first block of a day; before the series for the first day, if that is not whole.</summary>
    public int FirstBlock(int day) => Cut + (day - 1) * BlocksPerDay;

    public int DayOf(int block) => (block - Cut + BlocksPerDay) / BlocksPerDay;

    /// <summary>y = Y − S; NaN where Y is missing.</summary>
    public void Subtract(ReadOnlySpan<double> blocks, Span<double> result)
    {
        for (var i = 0; i < blocks.Length; i++)
            result[i] = blocks[i] - Shape[i % BlocksPerDay];
    }

    private static int Polish(
        ReadOnlySpan<double> blocks, int m, int cut, int weekend, int rounds, Span<double> profile, Span<double> levels)
    {
        var days = (blocks.Length - cut + m - 1) / m + 1;
        levels = levels[..days];
        using var buffer = new PooledBuffer(Math.Max(days, m));
        profile.Clear();
        for (var round = 0; round < rounds; round++)
        {
            FindLevels(blocks, cut, 1, profile, levels, buffer.Span);
            FindProfile(blocks, cut, weekend, profile, levels, buffer.Span);
        }
        FindLevels(blocks, cut, m / 2, profile, levels, buffer.Span);
        return days;
    }

    private static void FindLevels(
        ReadOnlySpan<double> blocks, int cut, int leastKnown, ReadOnlySpan<double> profile, Span<double> levels, Span<double> buffer)
    {
        var m = profile.Length;
        for (var day = 0; day < levels.Length; day++)
        {
            var (first, end, count) = (Math.Max(0, cut + (day - 1) * m), Math.Min(blocks.Length, cut + day * m), 0);
            for (var (i, phase) = (first, first % m); i < end; i++, phase = phase + 1 == m ? 0 : phase + 1)
            {
                var rest = blocks[i] - profile[phase];
                if (!double.IsNaN(rest))
                    buffer[count++] = rest;
            }
            levels[day] = count < leastKnown ? double.NaN : Median.Of(buffer[..count]);
        }
    }

    private static void FindProfile(
        ReadOnlySpan<double> blocks, int cut, int weekend, Span<double> profile, ReadOnlySpan<double> levels, Span<double> buffer)
    {
        var m = profile.Length;
        for (var phase = 0; phase < m; phase++)
        {
            var count = 0;
            for (var (i, day) = (phase, phase < cut ? 0 : 1); i < blocks.Length; i += m, day++)
            {
                var rest = blocks[i] - levels[day];
                if (!double.IsNaN(rest) && !StepFit.IsWeekend(day, weekend))
                    buffer[count++] = rest;
            }
            profile[phase] = Median.Of(buffer[..count]);
        }
        var known = 0;
        foreach (var value in profile)
        {
            if (!double.IsNaN(value))
                buffer[known++] = value;
        }
        var middle = Median.Of(buffer[..known]);
        for (var phase = 0; phase < m; phase++)
            profile[phase] -= middle;
    }
}
