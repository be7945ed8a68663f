using System.Numerics.Tensors;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>The usual value and the band of ordinary ones, back in the series' unit.</summary>
internal static class ExpectedBand
{
    /// <summary>k: leaves about 1.3 % of ordinary points outside.</summary>
    public const double Width = 4;

    public static void Compute(TrafficTransform transform, Channels channels, SeasonalScanResult result)
    {
        channels.Baseline.CopyTo(result.Expected);
        TensorPrimitives.MultiplyAdd(channels.Scale, Width, channels.Baseline, result.Upper);
        TensorPrimitives.MultiplyAdd(channels.Scale, -Width, channels.Baseline, result.Lower);
        transform.Invert(result.Expected);
        transform.Invert(result.Lower);
        transform.Invert(result.Upper);
    }
}
