using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Complex discrete Fourier transform of a power of two, X_k = Σ x_j·e^(−2πi·jk/N), real and imaginary parts apart: Stockham's, which
/// needs no reordering, four at a time (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, 1.7 and 2.4).
/// </summary>
internal static class FourierTransform
{
    private const int Lanes = 4;

    /// <summary>Transforms into <paramref name="re"/> and <paramref name="im"/>; the work arrays are overwritten.</summary>
    /// <param name="re">N real parts.</param>
    /// <param name="im">N imaginary parts.</param>
    /// <param name="workRe">N values.</param>
    /// <param name="workIm">N values.</param>
    /// <param name="roots">The roots of unity of order m·N, m a power of two.</param>
    public static void Forward(Span<double> re, Span<double> im, Span<double> workRe, Span<double> workIm, RootsOfUnity roots)
    {
        var n = re.Length;
        var fromRe = re;
        var fromIm = im;
        var toRe = workRe;
        var toIm = workIm;
        var stride = 1;
        var inWork = false;
        for (var length = n; length > 1;)
        {
            if (length == 2)
                Radix2(fromRe, fromIm, toRe, toIm, stride);
            else if (stride < Lanes)
                Radix4Narrow(fromRe, fromIm, toRe, toIm, length, stride, roots);
            else
                Radix4(fromRe, fromIm, toRe, toIm, length, stride, roots);
            var step = length == 2 ? 2 : 4;
            (length, stride, inWork) = (length / step, stride * step, !inWork);
            var swapRe = fromRe;
            var swapIm = fromIm;
            fromRe = toRe;
            fromIm = toIm;
            toRe = swapRe;
            toIm = swapIm;
        }
        if (!inWork)
            return;
        workRe.CopyTo(re);
        workIm.CopyTo(im);
    }

    private static void Radix2(ReadOnlySpan<double> fromRe, ReadOnlySpan<double> fromIm, Span<double> toRe, Span<double> toIm, int stride)
    {
        for (var q = 0; q < stride; q++)
        {
            (toRe[q], toRe[q + stride]) = (fromRe[q] + fromRe[q + stride], fromRe[q] - fromRe[q + stride]);
            (toIm[q], toIm[q + stride]) = (fromIm[q] + fromIm[q + stride], fromIm[q] - fromIm[q + stride]);
        }
    }

    /// <summary>The first pass, whose butterflies are not side by side.</summary>
    private static void Radix4Narrow(
        ReadOnlySpan<double> fromRe, ReadOnlySpan<double> fromIm, Span<double> toRe,
        Span<double> toIm, int length, int stride, RootsOfUnity roots)
    {
        var quarter = length / 4;
        var step = roots.Order / length;
        for (var p = 0; p < quarter; p++)
        {
            var (w1Re, w1Im) = roots[p * step];
            var (w2Re, w2Im) = roots[2 * p * step];
            var (w3Re, w3Im) = roots[3 * p * step];
            for (var q = 0; q < stride; q++)
            {
                var (i0, i1, i2, i3) =
                    (q + stride * p, q + stride * (p + quarter), q + stride * (p + 2 * quarter), q + stride * (p + 3 * quarter));
                var (sumRe, sumIm) = (fromRe[i0] + fromRe[i2], fromIm[i0] + fromIm[i2]);
                var (difRe, difIm) = (fromRe[i0] - fromRe[i2], fromIm[i0] - fromIm[i2]);
                var (oddRe, oddIm) = (fromRe[i1] + fromRe[i3], fromIm[i1] + fromIm[i3]);
                var (turnRe, turnIm) = (fromIm[i1] - fromIm[i3], fromRe[i3] - fromRe[i1]);
                var target = q + 4 * stride * p;
                (toRe[target], toIm[target]) = (sumRe + oddRe, sumIm + oddIm);
                var (aRe, aIm) = (difRe + turnRe, difIm + turnIm);
                (toRe[target + stride], toIm[target + stride]) = (aRe * w1Re - aIm * w1Im, aRe * w1Im + aIm * w1Re);
                var (bRe, bIm) = (sumRe - oddRe, sumIm - oddIm);
                (toRe[target + 2 * stride], toIm[target + 2 * stride]) = (bRe * w2Re - bIm * w2Im, bRe * w2Im + bIm * w2Re);
                var (cRe, cIm) = (difRe - turnRe, difIm - turnIm);
                (toRe[target + 3 * stride], toIm[target + 3 * stride]) = (cRe * w3Re - cIm * w3Im, cRe * w3Im + cIm * w3Re);
            }
        }
    }

    /// <summary>The same with a stride that is a multiple of four: four butterflies at a time share their factors.</summary>
    private static void Radix4(
        ReadOnlySpan<double> fromRe, ReadOnlySpan<double> fromIm, Span<double> toRe,
        Span<double> toIm, int length, int stride, RootsOfUnity roots)
    {
        var quarter = length / 4;
        var step = roots.Order / length;
        var n = length * stride;
        ref var xRe = ref MemoryMarshal.GetReference(fromRe[..n]);
        ref var xIm = ref MemoryMarshal.GetReference(fromIm[..n]);
        ref var yRe = ref MemoryMarshal.GetReference(toRe[..n]);
        ref var yIm = ref MemoryMarshal.GetReference(toIm[..n]);
        for (var p = 0; p < quarter; p++)
        {
            var (w1Re, w1Im) = roots[p * step];
            var (w2Re, w2Im) = roots[2 * p * step];
            var (w3Re, w3Im) = roots[3 * p * step];
            for (var q = 0; q < stride; q += Lanes)
            {
                var i0 = (nuint)(q + stride * p);
                var hop = (nuint)(stride * quarter);
                var (x0Re, x0Im) = (Vector256.LoadUnsafe(ref xRe, i0), Vector256.LoadUnsafe(ref xIm, i0));
                var (x1Re, x1Im) = (Vector256.LoadUnsafe(ref xRe, i0 + hop), Vector256.LoadUnsafe(ref xIm, i0 + hop));
                var (x2Re, x2Im) = (Vector256.LoadUnsafe(ref xRe, i0 + 2 * hop), Vector256.LoadUnsafe(ref xIm, i0 + 2 * hop));
                var (x3Re, x3Im) = (Vector256.LoadUnsafe(ref xRe, i0 + 3 * hop), Vector256.LoadUnsafe(ref xIm, i0 + 3 * hop));
                var (sumRe, sumIm, difRe, difIm) = (x0Re + x2Re, x0Im + x2Im, x0Re - x2Re, x0Im - x2Im);
                var (oddRe, oddIm, turnRe, turnIm) = (x1Re + x3Re, x1Im + x3Im, x1Im - x3Im, x3Re - x1Re);
                var target = (nuint)(q + 4 * stride * p);
                (sumRe + oddRe).StoreUnsafe(ref yRe, target);
                (sumIm + oddIm).StoreUnsafe(ref yIm, target);
                Turn(difRe + turnRe, difIm + turnIm, w1Re, w1Im, ref yRe, ref yIm, target + (nuint)stride);
                Turn(sumRe - oddRe, sumIm - oddIm, w2Re, w2Im, ref yRe, ref yIm, target + (nuint)(2 * stride));
                Turn(difRe - turnRe, difIm - turnIm, w3Re, w3Im, ref yRe, ref yIm, target + (nuint)(3 * stride));
            }
        }
    }

    private static void Turn(Vector256<double> re, Vector256<double> im, double wRe, double wIm, ref double yRe, ref double yIm, nuint at)
    {
        (re * wRe - im * wIm).StoreUnsafe(ref yRe, at);
        (re * wIm + im * wRe).StoreUnsafe(ref yIm, at);
    }
}
