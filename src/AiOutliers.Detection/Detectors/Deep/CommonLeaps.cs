using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// How far all metrics together leap out of the rows around: cᵢ − median(cᵢ₋ₕ … cᵢ₊ₕ), where c is the mean over the
/// metrics of what went into the network. That is nearly a logarithm, so c is the level that the metrics share, and a leap is a factor
/// wherever it happens. The network has no part in it: near the weekends of offices it is off for hours by as much as a spike is high, and
/// it follows a spike in part.
/// </summary>
internal static class CommonLeaps
{
    /// <summary>
    /// h: what lasts for six rows or less is a leap, what lasts longer moves the median. At five minutes a bit more than an hour; 4 to 8
    /// find as much on the flow series (seeds 1 to 24), 12 less.
    /// </summary>
    public const int HalfWindow = 6;

    private const int Window = 2 * HalfWindow + 1;

    /// <param name="profile">Names the columns. Granularity is not a metric of the traffic and does not count.</param>
    /// <param name="reconstruction">What went in. Missing values are held at the last known one, so a gap is not a leap.</param>
    /// <returns>
    /// One per row, in rescaled units. Near the ends h is the distance from the end, so that the window stays symmetric about the row and a
    /// steep morning is not a leap. The last row has no leap, and a spike is seen with the first row after it.
    /// </returns>
    public static double[] Of(AutoencoderProfile profile, Reconstruction reconstruction)
    {
        var leaps = new double[reconstruction.Input.Length / reconstruction.Columns];
        using var levels = new PooledBuffer(leaps.Length);
        Levels(profile, reconstruction, levels.Span);
        Leaps(levels.Span, leaps);
        return leaps;
    }

    /// <param name="levels">The shared level, one per row.</param>
    /// <param name="leaps">One per row, overwritten.</param>
    public static void Leaps(ReadOnlySpan<double> levels, Span<double> leaps)
    {
        RunningMedian.Of(levels, Window, leaps, new(stackalloc double[RunningMedian.ScratchLength(Window)]));
        for (var row = 0; row < levels.Length; row++)
        {
            var half = Math.Min(row, levels.Length - 1 - row);
            leaps[row] = levels[row] - (half < HalfWindow ? MedianAround(levels, row, half) : leaps[row]);
        }
    }

    private static double MedianAround(ReadOnlySpan<double> levels, int row, int half)
    {
        Span<double> window = stackalloc double[Window];
        window = window[..(2 * half + 1)];
        levels.Slice(row - half, window.Length).CopyTo(window);
        return OrderStatistics.Median(window);
    }

    private static void Levels(AutoencoderProfile profile, Reconstruction reconstruction, Span<double> levels)
    {
        var metrics = 0;
        levels.Clear();
        for (var column = 0; column < profile.Metrics.Count; column++)
        {
            if (profile.Metrics[column] == FeatureMatrix.Granularity)
                continue;
            metrics++;
            for (var row = 0; row < levels.Length; row++)
                levels[row] += reconstruction.Input[row * reconstruction.Columns + column];
        }
        foreach (ref var level in levels)
            level /= Math.Max(1, metrics);
    }
}
