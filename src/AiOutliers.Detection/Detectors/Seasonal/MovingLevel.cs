using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>Level and amplitude of a series where it is: both hide a season (<see cref="PeriodFinder"/>).</summary>
internal static class MovingLevel
{
    /// <summary>
    /// z minus its moving mean, over its moving standard deviation, in place; no window counts as quieter than a tenth of the usual one.
    /// </summary>
    public static void Remove(Span<double> z, int known, Scratch scratch)
    {
        var n = z.Length;
        var width = Math.Max(24, n / 10);
        var mean = scratch.Take(n);
        var spread = scratch.Take(n);
        var share = scratch.Take(known < n ? n : 0);
        for (var i = 0; i < share.Length; i++)
            (share[i], z[i]) = double.IsNaN(z[i]) ? (0, 0) : (1, z[i]);
        Mean(z, share, width, mean, scratch);
        TensorPrimitives.Subtract(z, mean, z);
        TensorPrimitives.Multiply(z, z, mean);
        if (known < n)
            TensorPrimitives.Multiply(mean, share, mean);
        Mean(mean, share, width, spread, scratch);
        // Differences of prefix sums: rounding can bring a mean of squares below 0.
        TensorPrimitives.Max(spread, 0, spread);
        TensorPrimitives.Sqrt(spread, spread);
        var minimum = 0.1 * Robust.Median(spread, scratch);
        for (var i = 0; i < n; i++)
        {
            var scale = Math.Max(spread[i], minimum);
            z[i] = known < n && share[i] == 0 ? double.NaN : scale > 0 ? z[i] / scale : 0;
        }
    }

    private static void Mean(ReadOnlySpan<double> x, ReadOnlySpan<double> known, int width, Span<double> result, Scratch scratch)
    {
        if (known.IsEmpty)
            MovingWindow.Mean(x, width, result, scratch);
        else
            MovingWindow.MeanOfKnown(x, known, width, result, scratch);
    }
}
