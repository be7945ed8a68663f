using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>
/// a: the surprise of one step, against an autoregressive model of order 24 fitted to the series without its spikes. The smaller of the forward and the
/// backward error does not smear after a spike. Needs no season.
/// </summary>
internal static class AutoregressiveChannel
{
    private const int MostOrder = 24;
    private const double SpikeDeviations = 4;

    /// <summary>
    /// The last points have no neighbours behind them that could explain them: only what came before them counts, without its spikes, so that nothing smears.
    /// After so many points the run of seven medians sees a spike as one.
    /// </summary>
    private const int Latest = 3;

    /// <param name="t">The transformed series.</param>
    /// <param name="least">The smallest scale that counts.</param>
    /// <param name="channels">The autoregressive channel is filled; it is the local one for a series too short for a model.</param>
    /// <param name="scratch">Working memory.</param>
    public static void Compute(ReadOnlySpan<double> t, double least, Channels channels, Scratch scratch)
    {
        var errors = channels.Autoregressive;
        var order = Math.Min(MostOrder, t.Length / 10);
        if (order == 0)
        {
            channels.Local.CopyTo(errors);
            return;
        }
        var y = scratch.Take(t.Length);
        WithoutSpikes(t, y, scratch);
        Span<double> filter = stackalloc double[order + 1];
        var median = Robust.Median(y, scratch);
        Span<double> latest = stackalloc double[Math.Min(Latest, t.Length - order)];
        var mean = Sums.Mean(y);
        LinearPrediction.Fit(y, filter);
        for (var i = 0; i < latest.Length; i++)
            latest[i] = LinearPrediction.ForwardError(t[t.Length - latest.Length + i] - mean, y[..(t.Length - latest.Length + i)], filter);
        TensorPrimitives.Subtract(t, median, y);
        LinearPrediction.Errors(y, filter, errors);
        latest.CopyTo(errors[^latest.Length..]);
        TensorPrimitives.Divide(errors, Math.Max(Robust.Scale(errors, scratch).Spread, least), errors);
        FollowLocalScale(errors, scratch);
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

    /// <summary>Where noise is clearly stronger at some hours than at others, errors are measured against that of their surroundings.</summary>
    private static void FollowLocalScale(Span<double> errors, Scratch scratch)
    {
        var size = scratch.Take(errors.Length);
        var scale = scratch.Take(errors.Length);
        TensorPrimitives.Abs(errors, size);
        GridMedian.Of(size, Math.Max(101, errors.Length / 20), clamp: false, scale, scratch);
        TensorPrimitives.Multiply(scale, Robust.MadFactor, scale);
        var (low, high) = Robust.Quantiles(scale, 0.1, 0.9, scratch);
        var contrast = high / Math.Max(low, 1e-9);
        // Beyond 10 it is no noise: parts of the series are constant.
        var mix = contrast > 10 ? 0 : 0.9 * Math.Clamp(contrast - 1.5, 0, 1);
        if (mix <= 0)
            return;
        var whole = Robust.Scale(errors, scratch).Spread;
        TensorPrimitives.Max(scale, 0.25 * whole, scale);
        TensorPrimitives.Multiply(scale, scale, scale);
        TensorPrimitives.Multiply(scale, mix, scale);
        TensorPrimitives.Add(scale, (1 - mix) * whole * whole, scale);
        TensorPrimitives.Sqrt(scale, scale);
        TensorPrimitives.Multiply(errors, whole, errors);
        TensorPrimitives.Divide(errors, scale, errors);
    }
}
