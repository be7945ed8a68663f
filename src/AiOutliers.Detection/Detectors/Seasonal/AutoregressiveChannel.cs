using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// a: the surprise of one step, against an autoregressive model of order 24 fitted to the series without its spikes. The smaller of the
/// forward and the backward error does not smear after a spike. Needs no season.
/// </summary>
internal static class AutoregressiveChannel
{
    /// <param name="unpredicted">The errors of the prediction.</param>
    /// <param name="least">The smallest scale that counts.</param>
    /// <param name="channels">The autoregressive channel is filled; it is the local one for a series too short for a model.</param>
    /// <param name="scratch">Working memory.</param>
    public static void Compute(AutoregressiveErrors unpredicted, double least, Channels channels, Scratch scratch)
    {
        var errors = channels.Autoregressive;
        var values = unpredicted.Values;
        if (values.IsEmpty)
        {
            channels.Local.CopyTo(errors);
            return;
        }
        TensorPrimitives.Divide(values, Math.Max(Robust.Scale(values, scratch).Spread, least), errors);
        FollowLocalScale(errors, scratch);
    }

    /// <summary>
    /// Where noise is clearly stronger at some hours than at others, errors are measured against that of their surroundings.
    /// </summary>
    private static void FollowLocalScale(Span<double> errors, Scratch scratch)
    {
        var size = scratch.Take(errors.Length);
        var scale = scratch.Take(errors.Length);
        TensorPrimitives.Abs(errors, size);
        GridMedian.Of(size, Math.Max(101, errors.Length / 20), clamp: false, scale, scratch);
        TensorPrimitives.Multiply(scale, Robust.MadFactor, scale);
        var (low, high) = Robust.Quantiles(scale, 0.1, 0.9, scratch);
        var contrast = high / Math.Max(low, 1e-9);
        // A ratio above 10 is not noise: parts of the series are constant.
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
