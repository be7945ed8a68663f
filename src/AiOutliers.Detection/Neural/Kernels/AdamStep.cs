using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>One step of Adam (Kingma, Ba 2015, algorithm 1 in the form of section 2, last paragraph) on one array of weights.</summary>
internal static class AdamStep
{
    /// <summary>w ·= kept; m += (g − m)·(1 − β₁); v += (g² − v)·(1 − β₂); w −= rate·m/(√v + ε).</summary>
    /// <param name="rate">The learning rate with the correction of the start, α·√(1 − β₂ᵗ)/(1 − β₁ᵗ).</param>
    /// <param name="kept">1 − decay·α (Loshchilov, Hutter 2019).</param>
    /// <param name="meanShare">1 − β₁.</param>
    /// <param name="squareShare">1 − β₂.</param>
    public static void Apply(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square,
        float rate, float kept, float meanShare, float squareShare, float epsilon)
    {
        var at = 0;
        for (; at + Vector256<float>.Count <= weights.Length; at += Vector256<float>.Count)
            Eight(weights[at..], gradient[at..], mean[at..], square[at..], rate, kept, meanShare, squareShare, epsilon);
        if (at == weights.Length)
            return;
        // The last ones, fewer than eight, through padded copies.
        var count = weights.Length - at;
        Span<float> scratch = stackalloc float[4 * Vector256<float>.Count];
        scratch.Clear();
        Span<float> w = scratch[..count], g = scratch.Slice(8, count), m = scratch.Slice(16, count), v = scratch.Slice(24, count);
        weights[at..].CopyTo(w);
        gradient[at..].CopyTo(g);
        mean[at..].CopyTo(m);
        square[at..].CopyTo(v);
        Eight(scratch, scratch[8..], scratch[16..], scratch[24..], rate, kept, meanShare, squareShare, epsilon);
        w.CopyTo(weights[at..]);
        m.CopyTo(mean[at..]);
        v.CopyTo(square[at..]);
    }

    private static void Eight(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square,
        float rate, float kept, float meanShare, float squareShare, float epsilon)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        var g = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(gradient));
        var m = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(mean));
        var v = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(square));
        m += (g - m) * meanShare;
        v += (g * g - v) * squareShare;
        m.StoreUnsafe(ref MemoryMarshal.GetReference(mean));
        v.StoreUnsafe(ref MemoryMarshal.GetReference(square));
        (Vector256.LoadUnsafe(ref w) * kept - rate * m / (Vector256.Sqrt(v) + Vector256.Create(epsilon))).StoreUnsafe(ref w);
    }
}
