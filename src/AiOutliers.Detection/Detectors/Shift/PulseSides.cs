namespace AiOutliers.Detection.Detectors.Shift;

/// <summary>
/// The level before every block and from every block on: medians of so many blocks, of fewer at the series' ends. With weekends taken out it is the mean of
/// the median over six hours and that over a day: the near one follows the level of its day, the far one is known better.
/// </summary>
internal static class PulseSides
{
    /// <param name="y">The blocks without their usual day.</param>
    /// <param name="grid">How many blocks a side holds at most and at least.</param>
    /// <param name="before">L, N + 1 places: of y[e−B..e); NaN where too few blocks are left.</param>
    /// <param name="after">A, N + 1 places: of y[s..s+B); NaN where too few blocks are left.</param>
    public static void Fill(ReadOnlySpan<double> y, DayGrid grid, PulseRules rules, Span<double> before, Span<double> after)
    {
        Fill(y, grid.Side, grid.LeastSide, before, after);
        if (!rules.KnowsWeekends)
            return;
        using var farBefore = new PooledBuffer(before.Length);
        using var farAfter = new PooledBuffer(after.Length);
        Fill(y, grid.LongSide, grid.LeastSide, farBefore.Span, farAfter.Span);
        for (var i = 0; i < before.Length; i++)
            (before[i], after[i]) = ((before[i] + farBefore.Span[i]) / 2, (after[i] + farAfter.Span[i]) / 2);
    }

    private static void Fill(ReadOnlySpan<double> y, int side, int least, Span<double> before, Span<double> after)
    {
        var n = y.Length;
        side = Math.Min(side, n);
        before.Fill(double.NaN);
        after.Fill(double.NaN);
        var window = new SortedWindow(stackalloc double[side + 1]);
        for (var i = 0; i < n; i++)
        {
            window.Add(y[i]);
            if (window.Count > side)
                window.Remove(y[i - side]);
            if (window.Count >= least)
                before[i + 1] = window.Median;
            if (window.Count == side)
                after[i + 1 - side] = before[i + 1];
        }
        for (var s = n - side + 1; s < n; s++)
        {
            window.Remove(y[s - 1]);
            if (window.Count >= least)
                after[s] = window.Median;
        }
    }
}
