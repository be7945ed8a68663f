namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// When a step began, to the block. Fits of nearly the same cost put it on different days and weekends; the blocks decide between them.
/// </summary>
internal static class StepBegin
{
    /// <summary>Days around the best fit's step that are tried.</summary>
    private const int Days = 3;

    /// <summary>Fits that cost up to this many times the noise more than the best are as good as it.</summary>
    private const double Tolerance = 4;

    public static Step Find(ReadOnlySpan<double> y, DayProfile profile, int low, int high, StepFits fits, double noise)
    {
        var (best, least) = (default(Step), double.PositiveInfinity);
        foreach (var fit in fits.All)
        {
            if (Math.Abs(fit.Step - fits.Best.Step) > Days || fit.Cost > fits.Best.Cost + Tolerance * noise)
                continue;
            var (start, cost) = Begin(y, profile, low, high, fit);
            if (cost < least)
                (best, least) = (new(start, fit.Change, 0), cost);
        }
        return best;
    }

    /// <summary>The block i that makes Σ_{j&lt;i} |z_j| + Σ_{j≥i} |z_j − δ| least, z the blocks without level and weekend.</summary>
    private static (int Start, double Cost) Begin(ReadOnlySpan<double> y, DayProfile profile, int low, int high, StepFit fit)
    {
        var level = LevelBefore(profile.Levels, low, high, fit);
        var (first, end) = (Math.Max(0, profile.FirstBlock(low)), Math.Min(y.Length, profile.FirstBlock(high)));
        var (afterAll, moved, best, start) = (0.0, 0.0, 0.0, first);
        for (var i = first; i < end; i++)
        {
            var z = y[i] - level - (StepFit.IsWeekend(profile.DayOf(i), fit.Weekend) ? fit.WeekendOffset : 0);
            if (double.IsNaN(z))
                continue;
            var after = Math.Abs(z - fit.Change);
            // So far the step begins at i: compare with what that costs from the first block on.
            if (moved < best)
                (best, start) = (moved, i);
            afterAll += after;
            moved += Math.Abs(z) - after;
        }
        return (start, afterAll + best);
    }

    private static double LevelBefore(ReadOnlySpan<double> levels, int low, int high, StepFit fit)
    {
        var window = new SortedWindow(stackalloc double[StepFits.MostDays + 1]);
        for (var day = low; day < high; day++)
        {
            var level = levels[day] - (StepFit.IsWeekend(day, fit.Weekend) ? fit.WeekendOffset : 0) - (day >= fit.Step ? fit.Change : 0);
            if (!double.IsNaN(level))
                window.Add(level);
        }
        return window.Median;
    }
}
