using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// A running median stands still at the ends of a series, where its window does not fit; a quiet trend would be flagged there. Both repairs
/// go on with the trend instead.
/// </summary>
internal static class EdgeTrend
{
    /// <summary>
    /// At each end the outer w/2 points of the baseline follow a line through the outermost full window: its slope from the medians of the
    /// window's two halves, its level the median of what remains.
    /// </summary>
    /// <param name="baseline">Changed at its ends.</param>
    /// <param name="v">The series that it follows.</param>
    /// <param name="width">w, odd.</param>
    /// <param name="scratch">Holds one window.</param>
    /// <param name="mostRise">
    /// The line rises or falls by at most this over its w/2 points. An event that fills most of the last half of a window is not a trend:
    /// the points around it would be measured against its continuation.
    /// </param>
    public static void Line(
        Span<double> baseline, ReadOnlySpan<double> v, int width, Scratch scratch, double mostRise = double.PositiveInfinity)
    {
        var n = v.Length;
        var half = width / 2;
        if (n < width || half < 2)
            return;
        var (level, slope) = Fit(v[..width], mostRise, scratch);
        for (var i = 0; i < half; i++)
            baseline[i] = level + slope * (i - half);
        (level, slope) = Fit(v[^width..], mostRise, scratch);
        for (var i = n - half; i < n; i++)
            baseline[i] = level + slope * (i - (n - 1 - half));
    }

    /// <summary>
    /// At each end the outer Q/2 points go on with the slope of the next two seasons: the smaller of both, none if they disagree in
    /// direction.
    /// </summary>
    public static void Slope(Span<double> trend, int period)
    {
        var n = trend.Length;
        var half = period / 2;
        if (n < half + 3 * period + 1)
            return;
        var slope = Smaller(trend[half], trend[half + period], trend[half + 2 * period], period);
        for (var i = 0; i < half; i++)
            trend[i] = trend[half] + slope * (i - half);
        var edge = n - 1 - half;
        slope = Smaller(trend[edge], trend[edge - period], trend[edge - 2 * period], period);
        for (var i = edge + 1; i < n; i++)
            trend[i] = trend[edge] + slope * (edge - i);
    }

    private static (double Level, double Slope) Fit(ReadOnlySpan<double> window, double mostRise, Scratch scratch)
    {
        var half = window.Length / 2;
        var slope =
            (Robust.Median(window[^(half + 1)..], scratch) - Robust.Median(window[..(half + 1)], scratch)) / (window.Length - half - 1);
        slope = Math.Clamp(slope, -mostRise / half, mostRise / half);
        var rest = scratch.Take(window.Length);
        for (var j = 0; j < window.Length; j++)
            rest[j] = window[j] - slope * (j - half);
        return (OrderStatistics.Median(rest), slope);
    }

    private static double Smaller(double at, double next, double afterNext, int period)
    {
        var (first, second) = ((next - at) / period, (afterNext - next) / period);
        if (first * second <= 0)
            return 0;
        return Math.Abs(first) <= Math.Abs(second) ? first : second;
    }
}
