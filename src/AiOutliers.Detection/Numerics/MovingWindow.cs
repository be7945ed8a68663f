using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Numerics;

/// <summary>Mean and maximum of the window [i − ⌊w/2⌋, i + w − 1 − ⌊w/2⌋], cut at the ends of the series.</summary>
internal static class MovingWindow
{
    private const int Lanes = 4;

    /// <summary>The mean of each window, over as many values as it really has.</summary>
    public static void Mean(ReadOnlySpan<double> x, int width, Span<double> result, Scratch scratch)
    {
        var prefix = scratch.Take(x.Length + 1);
        Sums.Prefix(x, prefix);
        MeanOfPrefix(prefix, width, result);
    }

    /// <summary>The mean of what is known in each window; 0 where nothing is.</summary>
    /// <param name="x">The series; 0 where a value is missing.</param>
    /// <param name="known">1 where it is known, 0 where not.</param>
    /// <param name="width">w.</param>
    /// <param name="result">One mean a point.</param>
    /// <param name="scratch">Working memory.</param>
    public static void MeanOfKnown(ReadOnlySpan<double> x, ReadOnlySpan<double> known, int width, Span<double> result, Scratch scratch)
    {
        var share = scratch.Take(x.Length);
        Mean(known, width, share, scratch);
        Mean(x, width, result, scratch);
        for (var i = 0; i < x.Length; i++)
            result[i] = share[i] > 0 ? result[i] / share[i] : 0;
    }

    /// <param name="prefix">The series' prefix sums, one more than there are points.</param>
    /// <param name="width">w.</param>
    /// <param name="result">One mean a point.</param>
    public static void MeanOfPrefix(ReadOnlySpan<double> prefix, int width, Span<double> result)
    {
        var n = prefix.Length - 1;
        var (left, right) = (width / 2, width - width / 2);
        var firstFull = Math.Min(left, n);
        var afterFull = Math.Max(firstFull, n - right + 1);
        for (var i = 0; i < firstFull; i++)
            result[i] = Clipped(prefix, i - left, i + right);
        if (afterFull > firstFull)
            Differences(prefix[width..], prefix, width, result[firstFull..afterFull]);
        for (var i = afterFull; i < n; i++)
            result[i] = Clipped(prefix, i - left, i + right);
    }

    /// <summary>The greatest value of each window, in ⌈log₂ w⌉ passes: the maximum of 2k values is that of two maxima of k.</summary>
    public static void Max(ReadOnlySpan<double> x, int width, Span<double> result, Scratch scratch)
    {
        var left = width / 2;
        var padded = scratch.Take(x.Length + width - 1);
        padded[..left].Fill(double.NegativeInfinity);
        x.CopyTo(padded[left..]);
        padded[(left + x.Length)..].Fill(double.NegativeInfinity);
        var covered = 1;
        for (; 2 * covered <= width; covered *= 2)
            MaxWithShifted(padded, covered, padded, padded.Length - covered);
        MaxWithShifted(padded, width - covered, result, x.Length);
    }

    private static double Clipped(ReadOnlySpan<double> prefix, int start, int end)
    {
        start = Math.Max(start, 0);
        end = Math.Min(end, prefix.Length - 1);
        return (prefix[end] - prefix[start]) / (end - start);
    }

    private static void Differences(ReadOnlySpan<double> ends, ReadOnlySpan<double> starts, int width, Span<double> result)
    {
        ref var end = ref MemoryMarshal.GetReference(ends[..result.Length]);
        ref var start = ref MemoryMarshal.GetReference(starts[..result.Length]);
        ref var target = ref MemoryMarshal.GetReference(result);
        var count = Vector256.Create((double)width);
        var i = 0;
        for (; i + Lanes <= result.Length; i += Lanes)
        {
            ((Vector256.LoadUnsafe(ref end, (nuint)i) - Vector256.LoadUnsafe(ref start, (nuint)i)) / count)
                .StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < result.Length; i++)
            result[i] = (ends[i] - starts[i]) / width;
    }

    /// <summary>resultᵢ = max(xᵢ, xᵢ₊ₛ). In place is allowed: what is read always lies at or ahead of what is written.</summary>
    private static void MaxWithShifted(ReadOnlySpan<double> x, int shift, Span<double> result, int length)
    {
        _ = x[length - 1 + shift];
        result = result[..length];
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(result);
        var i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            var shifted = Vector256.LoadUnsafe(ref first, (nuint)(i + shift));
            Vector256.MaxNative(Vector256.LoadUnsafe(ref first, (nuint)i), shifted).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < length; i++)
            result[i] = Math.Max(x[i], x[i + shift]);
    }
}
