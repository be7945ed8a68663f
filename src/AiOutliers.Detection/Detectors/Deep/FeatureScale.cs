using System.Numerics.Tensors;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// Metrics of any size in [0, 1): tanh(ln(1 + x)/32), and back. With r = (1 + x)^(1/16) the same is (r − 1)/(r + 1), four square roots
/// instead of a logarithm and a hyperbolic tangent. Double precision: 1 − y is small for large x, and single precision would lose three
/// digits of a day's bytes.
/// </summary>
internal static class FeatureScale
{
    /// <summary>In place; values below 0 count as 0: traffic is never negative.</summary>
    public static void Rescale(Span<double> values)
    {
        TensorPrimitives.Max(values, 0, values);
        TensorPrimitives.Add(values, 1, values);
        for (var root = 0; root < 4; root++)
            TensorPrimitives.Sqrt<double>(values, values);
        foreach (ref var value in values)
            value = (value - 1) / (value + 1);
    }

    /// <summary>The inverse, ((1 + y)/(1 − y))¹⁶ − 1, y clamped to [−1, 1] before; 1 gives the largest finite number.</summary>
    public static double Descale(double rescaled)
    {
        var clamped = Math.Clamp(rescaled, -1, 1);
        var power = (1 + clamped) / (1 - clamped);
        for (var square = 0; square < 4; square++)
            power *= power;
        return Math.Min(power - 1, double.MaxValue);
    }
}
