using System.Numerics.Tensors;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>The usual value and the band of ordinary ones, back in the series' unit.</summary>
internal static class ExpectedBand
{
    /// <summary>k: leaves about 1.3 % of ordinary points outside.</summary>
    public const double Width = 4;

    public static void Compute(TrafficTransform transform, Channels channels, Span<double> expected, Span<double> lower, Span<double> upper)
    {
        channels.Baseline.CopyTo(expected);
        TensorPrimitives.MultiplyAdd(channels.Scale, Width, channels.Baseline, upper);
        TensorPrimitives.MultiplyAdd(channels.Scale, -Width, channels.Baseline, lower);
        transform.Invert(expected);
        transform.Invert(lower);
        transform.Invert(upper);
    }
}
