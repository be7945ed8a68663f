using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Scans a series of energies (about 1 where nothing happens) with windows of several lengths w = lo..M, a power of two or less apart:
/// S = √max over w of (mean of the window − 1)·count^α. α = ½ weighs all lengths alike in noise; less favours short windows.
/// </summary>
internal static class ScanStatistic
{
    private const int Lanes = 4;

    /// <param name="energy">One value a point.</param>
    /// <param name="longest">M, the longest window; need not be whole.</param>
    /// <param name="alpha">α.</param>
    /// <param name="dilate">Every point gets the value of the best window that it lies in, not only the middle one.</param>
    /// <param name="shortest">lo, the shortest window.</param>
    /// <param name="result">One value a point, never negative.</param>
    /// <param name="scratch">Working memory.</param>
    public static void Of(
        ReadOnlySpan<double> energy, double longest, double alpha, bool dilate, int shortest, Span<double> result, Scratch scratch)
    {
        var n = energy.Length;
        var prefix = scratch.Take(n + 1);
        Sums.Prefix(energy, prefix);
        var mean = scratch.Take(n);
        var widest = scratch.Take(n);
        var ratio = Math.Max(longest / shortest, 1);
        var steps = (int)Math.Ceiling(Math.Log2(ratio));
        result.Clear();
        var last = 0;
        for (var i = 0; i <= steps; i++)
        {
            var width = (int)Math.Round(shortest * Math.Pow(ratio, steps == 0 ? 0 : (double)i / steps));
            if (width == last)
                continue;
            last = width;
            MovingWindow.MeanOfPrefix(prefix, width, mean);
            Weigh(mean, width, alpha);
            if (dilate && width > 1)
            {
                MovingWindow.Max(mean, width, widest, scratch);
                Raise(result, widest);
            }
            else
            {
                Raise(result, mean);
            }
        }
        TensorPrimitives.Sqrt(result, result);
    }

    /// <summary>(mean − 1)·count^α; at the ends a window has fewer points.</summary>
    private static void Weigh(Span<double> mean, int width, double alpha)
    {
        var n = mean.Length;
        var (left, right) = (width / 2, width - width / 2);
        var weight = Vector256.Create(Math.Pow(width, alpha));
        ref var first = ref MemoryMarshal.GetReference(mean);
        var i = 0;
        for (; i < Math.Min(left, n); i++)
            mean[i] = WeighCut(mean[i], i);
        for (; i + Lanes <= n - right + 1; i += Lanes)
            ((Vector256.LoadUnsafe(ref first, (nuint)i) - Vector256<double>.One) * weight).StoreUnsafe(ref first, (nuint)i);
        for (; i < n; i++)
            mean[i] = WeighCut(mean[i], i);

        double WeighCut(double value, int at) => (value - 1) * Math.Pow(Math.Min(at + right, n) - Math.Max(at - left, 0), alpha);
    }

    private static void Raise(Span<double> result, ReadOnlySpan<double> candidate) =>
        TensorPrimitives.Max(result, candidate, result);
}
