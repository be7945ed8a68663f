using System.Numerics.Tensors;

namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>
/// Metrics of any size in (−1, 1): tanh(ln(1 + x)/32), and back. Double precision: 1 − tanh² is small for large x, and single precision would
/// lose three digits of a day's bytes.
/// </summary>
internal static class FeatureScale
{
    private const double Divisor = 32;

    /// <summary>In place; values below 0 count as 0, for there is no negative traffic.</summary>
    public static void Rescale(Span<double> values)
    {
        TensorPrimitives.Max(values, 0, values);
        TensorPrimitives.LogP1<double>(values, values);
        TensorPrimitives.Divide(values, Divisor, values);
        TensorPrimitives.Tanh<double>(values, values);
    }

    /// <summary>The inverse: e^(32·artanh(y)) − 1, y clamped to [−1, 1] before; 1 gives the largest finite number.</summary>
    public static double Descale(double rescaled) =>
        Math.Min(Math.Exp(Divisor * Math.Atanh(Math.Clamp(rescaled, -1, 1))) - 1, double.MaxValue);
}
