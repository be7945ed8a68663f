using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Sums in an order that does not depend on the processor: vectors of four, whatever the width of its registers. TensorPrimitives adds in
/// the processor's own width, and the last bit of a sum can decide which of two equally good periods is taken.
/// </summary>
internal static class Sums
{
    private const int Lanes = 4;
    private const int Block = 4 * Lanes;

    /// <summary>Σ x; 0 when empty.</summary>
    public static double Of(ReadOnlySpan<double> x)
    {
        ref var first = ref MemoryMarshal.GetReference(x);
        var (s0, s1, s2, s3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + Block <= x.Length; i += Block)
        {
            s0 += Vector256.LoadUnsafe(ref first, (nuint)i);
            s1 += Vector256.LoadUnsafe(ref first, (nuint)(i + Lanes));
            s2 += Vector256.LoadUnsafe(ref first, (nuint)(i + 2 * Lanes));
            s3 += Vector256.LoadUnsafe(ref first, (nuint)(i + 3 * Lanes));
        }
        var sum = Across(s0 + s1 + (s2 + s3));
        for (; i < x.Length; i++)
            sum += x[i];
        return sum;
    }

    /// <summary>Σ xᵢ·yᵢ over the length of x; y may be longer.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y);
        var (s0, s1, s2, s3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + Block <= x.Length; i += Block)
        {
            s0 += Vector256.LoadUnsafe(ref a, (nuint)i) * Vector256.LoadUnsafe(ref b, (nuint)i);
            s1 += Vector256.LoadUnsafe(ref a, (nuint)(i + Lanes)) * Vector256.LoadUnsafe(ref b, (nuint)(i + Lanes));
            s2 += Vector256.LoadUnsafe(ref a, (nuint)(i + 2 * Lanes)) * Vector256.LoadUnsafe(ref b, (nuint)(i + 2 * Lanes));
            s3 += Vector256.LoadUnsafe(ref a, (nuint)(i + 3 * Lanes)) * Vector256.LoadUnsafe(ref b, (nuint)(i + 3 * Lanes));
        }
        var sum = Across(s0 + s1 + (s2 + s3));
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    public static double Mean(ReadOnlySpan<double> x) => Of(x) / x.Length;

    /// <summary>√(Σ(x − mean)² / n): the population's.</summary>
    public static double StandardDeviation(ReadOnlySpan<double> x, double mean)
    {
        ref var first = ref MemoryMarshal.GetReference(x);
        var centre = Vector256.Create(mean);
        var (s0, s1) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + 2 * Lanes <= x.Length; i += 2 * Lanes)
        {
            var d0 = Vector256.LoadUnsafe(ref first, (nuint)i) - centre;
            var d1 = Vector256.LoadUnsafe(ref first, (nuint)(i + Lanes)) - centre;
            s0 += d0 * d0;
            s1 += d1 * d1;
        }
        var sum = Across(s0 + s1);
        for (; i < x.Length; i++)
            sum += (x[i] - mean) * (x[i] - mean);
        return Math.Sqrt(sum / x.Length);
    }

    public static double StandardDeviation(ReadOnlySpan<double> x) => StandardDeviation(x, Mean(x));

    /// <summary>prefix[i] = Σ x[0..i), one element longer than x; added one by one.</summary>
    public static void Prefix(ReadOnlySpan<double> x, Span<double> prefix)
    {
        var sum = 0.0;
        prefix[0] = 0;
        prefix = prefix.Slice(1, x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i];
            prefix[i] = sum;
        }
    }

    private static double Across(Vector256<double> v) => v[0] + v[2] + (v[1] + v[3]);
}
