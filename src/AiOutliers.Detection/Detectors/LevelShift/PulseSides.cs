using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// The level before every block and from every block on: medians of so many blocks, of fewer at the series' ends. With weekends taken out
/// it is the mean of the median over six hours and that over a day: the near one follows the level of its day, the far one is known better.
/// </summary>
internal static class PulseSides
{
    /// <param name="y">The blocks without their usual day.</param>
    /// <param name="grid">How many blocks a side holds at most and at least.</param>
    /// <param name="before">L, N + 1 places: of y[e−B..e); NaN where too few blocks are left.</param>
    /// <param name="after">A, N + 1 places: of y[s..s+B); NaN where too few blocks are left.</param>
    public static void Fill(ReadOnlySpan<double> y, DayGrid grid, PulseRules rules, Span<double> before, Span<double> after)
    {
        // With fewer blocks behind it than a whole side, a change may still go on, and the next hour could take the verdict back.
        var minimum = rules.KnowsWeekends ? grid.Side : grid.LeastSide;
        Fill(y, grid.Side, minimum, before, after);
        if (!rules.KnowsWeekends)
            return;
        using var farBefore = new PooledBuffer(before.Length);
        using var farAfter = new PooledBuffer(after.Length);
        Fill(y, grid.LongSide, minimum, farBefore.Span, farAfter.Span);
        for (var i = 0; i < before.Length; i++)
            (before[i], after[i]) = ((before[i] + farBefore.Span[i]) / 2, (after[i] + farAfter.Span[i]) / 2);
    }

    /// <summary>The level before one block only.</summary>
    public static double Before(ReadOnlySpan<double> y, int end, DayGrid grid, PulseRules rules)
    {
        Span<double> room = stackalloc double[grid.LongSide];
        var near = OfKnown(y[Math.Max(0, end - grid.Side)..end], grid.LeastSide, room);
        return rules.KnowsWeekends ? (near + OfKnown(y[Math.Max(0, end - grid.LongSide)..end], grid.Side, room)) / 2 : near;
    }

    /// <summary>Both come from one pass: what lies behind a block is what lay before the block that is a side further.</summary>
    private static void Fill(ReadOnlySpan<double> y, int side, int minimum, Span<double> before, Span<double> after)
    {
        var n = y.Length;
        side = Math.Min(side, n);
        if (MissingValues.Count(y) < n)
        {
            using var window = new PooledBuffer(side);
            for (var i = 0; i <= n; i++)
            {
                before[i] = OfKnown(y[Math.Max(0, i - side)..i], minimum, window.Span);
                after[i] = OfKnown(y[i..Math.Min(n, i + side)], minimum, window.Span);
            }
            return;
        }
        using var room = new PooledBuffer(n + side - 1 + RunningMedian.ScratchLength(side));
        var scratch = new Scratch(room.Span);
        var medians = scratch.Take(n + side - 1);
        RunningMedian.OfLast(y, side, 1, medians, scratch);
        for (var i = 0; i <= n; i++)
        {
            before[i] = i < minimum ? double.NaN : medians[i - 1];
            after[i] = n - i < minimum ? double.NaN : medians[i + side - 1];
        }
    }

    private static double OfKnown(ReadOnlySpan<double> blocks, int minimum, Span<double> room)
    {
        var count = MissingValues.CopyKnown(blocks, room);
        return count < minimum ? double.NaN : Median.Of(room[..count]);
    }
}
