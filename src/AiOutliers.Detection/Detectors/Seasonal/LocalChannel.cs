using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>l: what of the residual the surrounding points do not share; takes out weekends and drifts.</summary>
internal static class LocalChannel
{
    // Longer than a sharp event, shorter than half a day at five minutes.
    public const int Width = 121;

    // Robust deviations within half a window. What is left of a trend beside the usual day is about as small as the noise; an event is
    // larger.
    private const double MostRise = 2;

    /// <param name="residual">The series minus the usual.</param>
    /// <param name="least">The smallest scale that counts.</param>
    /// <param name="local">One value a point.</param>
    /// <param name="scratch">Working memory.</param>
    public static void Compute(ReadOnlySpan<double> residual, double least, Span<double> local, Scratch scratch)
    {
        RunningMedian.Of(residual, Width, local, scratch);
        var rest = scratch.Take(residual.Length);
        TensorPrimitives.Subtract(residual, local, rest);
        EdgeTrend.Line(local, residual, Width, scratch, MostRise * Math.Max(Robust.Scale(rest, scratch).Spread, least));
        TensorPrimitives.Subtract(residual, local, local);
        TensorPrimitives.Divide(local, Math.Max(Robust.Scale(local, scratch).Spread, least), local);
    }
}
