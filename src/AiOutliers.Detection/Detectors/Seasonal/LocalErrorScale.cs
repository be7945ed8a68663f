using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// How large prediction errors are in their surroundings. Where noise is clearly stronger at some hours than at others, errors are measured
/// against that.
/// </summary>
internal static class LocalErrorScale
{
    /// <summary>The least scale of surroundings, as a part of the whole series' scale.</summary>
    public const double Least = 0.25;

    /// <summary>A ratio above it is not noise: parts of the series are constant.</summary>
    private const double MostContrast = 10;

    /// <returns>The weight of the local scale beside the whole series', 0 to 0.9; 0 where the noise is the same at all hours.</returns>
    /// <param name="errors">Errors of each row; not changed.</param>
    /// <param name="scale">Gets the robust scale around each row.</param>
    /// <param name="scratch">Gives a series' length.</param>
    public static double Of(ReadOnlySpan<double> errors, Span<double> scale, Scratch scratch)
    {
        var size = scratch.Take(errors.Length);
        TensorPrimitives.Abs(errors, size);
        GridMedian.Of(size, Math.Max(101, errors.Length / 20), clamp: false, scale, scratch);
        TensorPrimitives.Multiply(scale, Robust.MadFactor, scale);
        var (low, high) = Robust.Quantiles(scale, 0.1, 0.9, scratch);
        var contrast = high / Math.Max(low, 1e-9);
        return contrast > MostContrast ? 0 : 0.9 * Math.Clamp(contrast - 1.5, 0, 1);
    }
}
