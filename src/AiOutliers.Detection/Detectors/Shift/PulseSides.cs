namespace AiOutliers.Detection.Detectors.Shift;

/// <summary>The level before every block and from every block on: medians of so many blocks, of fewer at the series' ends.</summary>
internal static class PulseSides
{
    /// <param name="y">The blocks without their usual day.</param>
    /// <param name="grid">The least number of blocks that a side holds.</param>
    /// <param name="side">B, how many blocks a side holds.</param>
    /// <param name="before">L, N + 1 places: the median of y[e−B..e); NaN where too few blocks are left.</param>
    /// <param name="after">A, N + 1 places: the median of y[s..s+B); NaN where too few blocks are left.</param>
    public static void Fill(ReadOnlySpan<double> y, DayGrid grid, int side, Span<double> before, Span<double> after)
    {
        var (n, least) = (y.Length, grid.LeastSide);
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
