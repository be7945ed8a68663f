using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>Sums over the rows of a matrix, in their order: the gradient by a bias.</summary>
internal static class ColumnSums
{
    private static readonly int Lanes = Vector256<float>.Count;

    /// <summary>sums[j] += Σᵢ matrix[i, j].</summary>
    /// <param name="matrix">(rows, columns), row-major.</param>
    /// <param name="sums">One per column.</param>
    public static void Add(ReadOnlySpan<float> matrix, Span<float> sums)
    {
        var columns = sums.Length;
        ref var first = ref MemoryMarshal.GetReference(matrix);
        var column = 0;
        for (; column + Lanes <= columns; column += Lanes)
        {
            var sum = Vector256.Create<float>(sums[column..]);
            for (var at = column; at + Lanes <= matrix.Length; at += columns)
                sum += Vector256.LoadUnsafe(ref first, (nuint)at);
            sum.CopyTo(sums[column..]);
        }
        for (; column < columns; column++)
        {
            var sum = sums[column];
            for (var at = column; at < matrix.Length; at += columns)
                sum += matrix[at];
            sums[column] = sum;
        }
    }
}
