using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>What an autoregressive model of order 24, fitted to the series without its spikes, does not predict.</summary>
internal static class AutoregressiveErrors
{
    private const int MostOrder = 24;
    private const double SpikeDeviations = 4;

    /// <summary>
    /// The last points have no neighbours behind them that could explain them: only what came before them counts, without its spikes, so
    /// that nothing smears. After so many points the run of seven medians sees a spike as one.
    /// </summary>
    private const int Latest = 3;

    /// <param name="t">The transformed series.</param>
    /// <param name="errors">One a point.</param>
    /// <param name="scratch">Four times as long as the series.</param>
    /// <returns>False for a series too short for a model.</returns>
    public static bool Compute(ReadOnlySpan<double> t, Span<double> errors, Scratch scratch)
    {
        var (points, order) = (t.Length, Math.Min(MostOrder, t.Length / 10));
        if (order == 0)
            return false;
        var y = scratch.Take(points);
        WithoutSpikes(t, y, scratch);
        Span<double> filter = stackalloc double[order + 1];
        var median = Robust.Median(y, scratch);
        Span<double> latest = stackalloc double[Math.Min(Latest, points - order)];
        var mean = Sums.Mean(y);
        LinearPrediction.Fit(y, filter);
        for (var i = 0; i < latest.Length; i++)
            latest[i] = LinearPrediction.ForwardError(t[points - latest.Length + i] - mean, y[..(points - latest.Length + i)], filter);
        TensorPrimitives.Subtract(t, median, y);
        LinearPrediction.Errors(y, filter, errors);
        latest.CopyTo(errors[^latest.Length..]);
        return true;
    }

    private static void WithoutSpikes(ReadOnlySpan<double> t, Span<double> y, Scratch scratch)
    {
        var smooth = scratch.Take(t.Length);
        var difference = scratch.Take(t.Length);
        RunningMedian.Of7(t, smooth);
        TensorPrimitives.Subtract(t, smooth, difference);
        var limit = SpikeDeviations * Robust.Scale(difference, scratch).Spread;
        for (var i = 0; i < t.Length; i++)
            y[i] = Math.Abs(difference[i]) > limit ? smooth[i] : t[i];
    }
}
