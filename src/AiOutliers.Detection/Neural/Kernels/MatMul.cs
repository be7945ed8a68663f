using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>
/// Products of small dense matrices, row-major, single precision. The result is built in registers, four rows by 24 columns at a time; each
/// element is summed in the order of k, whatever its place, so that a row gives the same result in any batch. Inside, A's rows are strideA
/// apart and its columns stepA, so that the same code serves the transposed.
/// </summary>
internal static class MatMul
{
    private const int Lanes = 8;

    /// <summary>
    /// C = A·B + bias, with A (m × k, rows <paramref name="strideA"/> apart), B (k × n), bias (n), C (m × n, rows
    /// <paramref name="strideC"/> apart).
    /// </summary>
    public static void Affine(
        ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b,
        ReadOnlySpan<float> bias, Span<float> c, int strideC, int m, int k, int n)
    {
        for (var row = 0; row < m; row++)
        {
            var target = c.Slice(row * strideC, n);
            if (bias.IsEmpty)
                target.Clear();
            else
                bias.CopyTo(target);
        }
        Accumulate(a, strideA, b, c, strideC, m, k, n);
    }

    /// <summary>C += A·B.</summary>
    public static void Accumulate(
        ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, Span<float> c, int strideC, int m, int k, int n) =>
        Accumulate(a, strideA, 1, b, c, strideC, m, k, n);

    /// <summary>C += Aᵀ·B, with A (k × m), B (k × n), C (m × n), all without gaps: the gradient by a kernel.</summary>
    public static void AccumulateTransposed(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n) =>
        Accumulate(a, 1, m, b, c, n, m, k, n);

    /// <summary>The columns of a matrix as rows.</summary>
    /// <param name="matrix">(rows, columns).</param>
    /// <param name="transposed">(columns, rows), overwritten.</param>
    public static void Transpose(ReadOnlySpan<float> matrix, int rows, int columns, Span<float> transposed)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                transposed[column * rows + row] = matrix[row * columns + column];
        }
    }

    private static void Accumulate(
        ReadOnlySpan<float> a, int strideA, int stepA, ReadOnlySpan<float> b, Span<float> c, int strideC, int m, int k, int n)
    {
        if (m == 0 || n == 0 || k == 0)
            return;
        // Everything below works on references: this is the check of the bounds.
        _ = a[(m - 1) * strideA + (k - 1) * stepA];
        _ = b[k * n - 1];
        _ = c[(m - 1) * strideC + n - 1];
        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var b0 = ref MemoryMarshal.GetReference(b);
        ref var c0 = ref MemoryMarshal.GetReference(c);
        var column = 0;
        for (; column + 3 * Lanes <= n; column += 3 * Lanes)
            Columns24(ref a0, strideA, stepA, ref Unsafe.Add(ref b0, column), n, ref Unsafe.Add(ref c0, column), strideC, m, k);
        for (; column + Lanes <= n; column += Lanes)
            Columns8(ref a0, strideA, stepA, ref Unsafe.Add(ref b0, column), n, ref Unsafe.Add(ref c0, column), strideC, m, k);
        if (column < n)
            LastColumns(ref a0, strideA, stepA, b, column, c, strideC, m, k, n);
    }

    private static void Columns24(ref float a, int strideA, int stepA, ref float b, int strideB, ref float c, int strideC, int m, int k)
    {
        var row = 0;
        for (; row + 4 <= m; row += 4)
        {
            Tile4X24(
                ref Unsafe.Add(ref a, row * strideA), strideA, stepA, ref b, strideB, ref Unsafe.Add(ref c, row * strideC), strideC, k);
        }
        for (; row < m; row++)
        {
            for (var part = 0; part < 3 * Lanes; part += Lanes)
            {
                Tile1X8(
                    ref Unsafe.Add(ref a, row * strideA), stepA, ref Unsafe.Add(ref b, part),
                    strideB, ref Unsafe.Add(ref c, row * strideC + part), k);
            }
        }
    }

    private static void Columns8(ref float a, int strideA, int stepA, ref float b, int strideB, ref float c, int strideC, int m, int k)
    {
        var row = 0;
        for (; row + 4 <= m; row += 4)
            Tile4X8(ref Unsafe.Add(ref a, row * strideA), strideA, stepA, ref b, strideB, ref Unsafe.Add(ref c, row * strideC), strideC, k);
        for (; row < m; row++)
            Tile1X8(ref Unsafe.Add(ref a, row * strideA), stepA, ref b, strideB, ref Unsafe.Add(ref c, row * strideC), k);
    }

    /// <summary>Fewer than eight columns: B's are padded with zeros once, C's go through a tile of full width.</summary>
    private static void LastColumns(
        ref float a, int strideA, int stepA, ReadOnlySpan<float> b, int column, Span<float> c, int strideC, int m, int k, int n)
    {
        var width = n - column;
        var rented = ArrayPool<float>.Shared.Rent(k * Lanes);
        var padded = rented.AsSpan(0, k * Lanes);
        padded.Clear();
        for (var i = 0; i < k; i++)
            b.Slice(i * n + column, width).CopyTo(padded[(i * Lanes)..]);
        Span<float> tile = stackalloc float[4 * Lanes];
        ref var tile0 = ref MemoryMarshal.GetReference(tile);
        ref var padded0 = ref MemoryMarshal.GetReference(padded);
        for (var row = 0; row < m; row += 4)
        {
            var rows = Math.Min(4, m - row);
            for (var i = 0; i < rows; i++)
                c.Slice((row + i) * strideC + column, width).CopyTo(tile[(i * Lanes)..]);
            Columns8(ref Unsafe.Add(ref a, row * strideA), strideA, stepA, ref padded0, Lanes, ref tile0, Lanes, rows, k);
            for (var i = 0; i < rows; i++)
                tile.Slice(i * Lanes, width).CopyTo(c[((row + i) * strideC + column)..]);
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private static void Tile4X24(ref float a, int strideA, int stepA, ref float b, int strideB, ref float c, int strideC, int k)
    {
        ref var a1 = ref Unsafe.Add(ref a, strideA);
        ref var a2 = ref Unsafe.Add(ref a, 2 * strideA);
        ref var a3 = ref Unsafe.Add(ref a, 3 * strideA);
        ref var c1 = ref Unsafe.Add(ref c, strideC);
        ref var c2 = ref Unsafe.Add(ref c, 2 * strideC);
        ref var c3 = ref Unsafe.Add(ref c, 3 * strideC);
        var (s00, s01, s02) = (Vector256.LoadUnsafe(ref c), Vector256.LoadUnsafe(ref c, 8), Vector256.LoadUnsafe(ref c, 16));
        var (s10, s11, s12) = (Vector256.LoadUnsafe(ref c1), Vector256.LoadUnsafe(ref c1, 8), Vector256.LoadUnsafe(ref c1, 16));
        var (s20, s21, s22) = (Vector256.LoadUnsafe(ref c2), Vector256.LoadUnsafe(ref c2, 8), Vector256.LoadUnsafe(ref c2, 16));
        var (s30, s31, s32) = (Vector256.LoadUnsafe(ref c3), Vector256.LoadUnsafe(ref c3, 8), Vector256.LoadUnsafe(ref c3, 16));
        for (int i = 0, at = 0; i < k; i++, at += stepA)
        {
            var (b0, b1, b2) = (Vector256.LoadUnsafe(ref b), Vector256.LoadUnsafe(ref b, 8), Vector256.LoadUnsafe(ref b, 16));
            var value = Vector256.Create(Unsafe.Add(ref a, at));
            s00 = Vector256.MultiplyAddEstimate(value, b0, s00);
            s01 = Vector256.MultiplyAddEstimate(value, b1, s01);
            s02 = Vector256.MultiplyAddEstimate(value, b2, s02);
            value = Vector256.Create(Unsafe.Add(ref a1, at));
            s10 = Vector256.MultiplyAddEstimate(value, b0, s10);
            s11 = Vector256.MultiplyAddEstimate(value, b1, s11);
            s12 = Vector256.MultiplyAddEstimate(value, b2, s12);
            value = Vector256.Create(Unsafe.Add(ref a2, at));
            s20 = Vector256.MultiplyAddEstimate(value, b0, s20);
            s21 = Vector256.MultiplyAddEstimate(value, b1, s21);
            s22 = Vector256.MultiplyAddEstimate(value, b2, s22);
            value = Vector256.Create(Unsafe.Add(ref a3, at));
            s30 = Vector256.MultiplyAddEstimate(value, b0, s30);
            s31 = Vector256.MultiplyAddEstimate(value, b1, s31);
            s32 = Vector256.MultiplyAddEstimate(value, b2, s32);
            b = ref Unsafe.Add(ref b, strideB);
        }
        s00.StoreUnsafe(ref c);
        s01.StoreUnsafe(ref c, 8);
        s02.StoreUnsafe(ref c, 16);
        s10.StoreUnsafe(ref c1);
        s11.StoreUnsafe(ref c1, 8);
        s12.StoreUnsafe(ref c1, 16);
        s20.StoreUnsafe(ref c2);
        s21.StoreUnsafe(ref c2, 8);
        s22.StoreUnsafe(ref c2, 16);
        s30.StoreUnsafe(ref c3);
        s31.StoreUnsafe(ref c3, 8);
        s32.StoreUnsafe(ref c3, 16);
    }

    private static void Tile4X8(ref float a, int strideA, int stepA, ref float b, int strideB, ref float c, int strideC, int k)
    {
        var s0 = Vector256.LoadUnsafe(ref c);
        var s1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, strideC));
        var s2 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * strideC));
        var s3 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * strideC));
        for (int i = 0, at = 0; i < k; i++, at += stepA)
        {
            var column = Vector256.LoadUnsafe(ref b);
            s0 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref a, at)), column, s0);
            s1 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref a, strideA + at)), column, s1);
            s2 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref a, 2 * strideA + at)), column, s2);
            s3 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref a, 3 * strideA + at)), column, s3);
            b = ref Unsafe.Add(ref b, strideB);
        }
        s0.StoreUnsafe(ref c);
        s1.StoreUnsafe(ref Unsafe.Add(ref c, strideC));
        s2.StoreUnsafe(ref Unsafe.Add(ref c, 2 * strideC));
        s3.StoreUnsafe(ref Unsafe.Add(ref c, 3 * strideC));
    }

    private static void Tile1X8(ref float a, int stepA, ref float b, int strideB, ref float c, int k)
    {
        var sum = Vector256.LoadUnsafe(ref c);
        for (int i = 0, at = 0; i < k; i++, at += stepA)
        {
            sum = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref a, at)), Vector256.LoadUnsafe(ref b), sum);
            b = ref Unsafe.Add(ref b, strideB);
        }
        sum.StoreUnsafe(ref c);
    }
}
