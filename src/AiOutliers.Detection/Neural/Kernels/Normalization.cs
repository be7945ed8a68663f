using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>Rows scaled and shifted, column by column.</summary>
internal static class Normalization
{
    /// <summary>y = x·factor + offset for every row.</summary>
    /// <param name="input">(rows, columns).</param>
    /// <param name="factor">One per column.</param>
    /// <param name="offset">One per column.</param>
    /// <param name="result">(rows, columns), overwritten.</param>
    public static void Affine(ReadOnlySpan<float> input, ReadOnlySpan<float> factor, ReadOnlySpan<float> offset, Span<float> result)
    {
        var columns = factor.Length;
        for (var start = 0; start < input.Length; start += columns)
            AffineRow(input.Slice(start, columns), 0, 1, factor, offset, result.Slice(start, columns));
    }

    /// <summary>y = (x − mean)·inverse·factor + offset for one row.</summary>
    public static void AffineRow(
        ReadOnlySpan<float> input, float mean, float inverse, ReadOnlySpan<float> factor, ReadOnlySpan<float> offset, Span<float> result)
    {
        var at = 0;
        ref var x = ref MemoryMarshal.GetReference(input);
        ref var f = ref MemoryMarshal.GetReference(factor);
        ref var o = ref MemoryMarshal.GetReference(offset);
        ref var y = ref MemoryMarshal.GetReference(result);
        for (; at + Vector256<float>.Count <= input.Length; at += Vector256<float>.Count)
        {
            var scaled = (Vector256.LoadUnsafe(ref x, (nuint)at) - Vector256.Create(mean)) * inverse;
            Vector256.MultiplyAddEstimate(scaled, Vector256.LoadUnsafe(ref f, (nuint)at), Vector256.LoadUnsafe(ref o, (nuint)at))
                .StoreUnsafe(ref y, (nuint)at);
        }
        for (; at < input.Length; at++)
            result[at] = float.MultiplyAddEstimate((input[at] - mean) * inverse, factor[at], offset[at]);
    }

    /// <summary>Mean and variance (over n) of a row, in two passes: the differences are exact where a single pass would cancel.</summary>
    public static (float Mean, float Variance) Moments(ReadOnlySpan<float> row)
    {
        ref var x = ref MemoryMarshal.GetReference(row);
        var sums = Vector256<float>.Zero;
        var at = 0;
        for (; at + Vector256<float>.Count <= row.Length; at += Vector256<float>.Count)
            sums += Vector256.LoadUnsafe(ref x, (nuint)at);
        var sum = Vector256.Sum(sums);
        for (var i = at; i < row.Length; i++)
            sum += row[i];
        var mean = sum / row.Length;
        var squares = Vector256<float>.Zero;
        for (at = 0; at + Vector256<float>.Count <= row.Length; at += Vector256<float>.Count)
        {
            var difference = Vector256.LoadUnsafe(ref x, (nuint)at) - Vector256.Create(mean);
            squares = Vector256.MultiplyAddEstimate(difference, difference, squares);
        }
        var total = Vector256.Sum(squares);
        for (; at < row.Length; at++)
            total += (row[at] - mean) * (row[at] - mean);
        return (mean, total / row.Length);
    }
}
