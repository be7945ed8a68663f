using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>
/// One step of one example of an LSTM with the usual activations, in one go over registers: c = σ(f)·c₋₁ + σ(i)·tanh(g), h =
/// σ(o)·tanh(c). Half of a forward pass was spent here when each activation was a pass over memory of its own.
/// </summary>
internal static class LstmCell
{
    private static readonly int Lanes = Vector256<float>.Count;

    /// <param name="gates">(4, units): i, f, g, o before their activation; after it on return.</param>
    /// <param name="before">c₋₁; empty at the first step.</param>
    /// <param name="cell">c, overwritten.</param>
    /// <param name="hidden">h, overwritten.</param>
    public static void Advance(Span<float> gates, ReadOnlySpan<float> before, Span<float> cell, Span<float> hidden)
    {
        var units = cell.Length;
        var at = 0;
        for (; at + Lanes <= units; at += Lanes)
            Eight(gates, units, before, cell, hidden, at);
        if (at < units)
            Rest(gates, units, before, cell, hidden, at);
    }

    private static void Eight(Span<float> gates, int units, ReadOnlySpan<float> before, Span<float> cell, Span<float> hidden, int at)
    {
        ref var gate = ref MemoryMarshal.GetReference(gates);
        var input = VectorMath.Sigmoid(Vector256.LoadUnsafe(ref gate, (nuint)at));
        var forget = VectorMath.Sigmoid(Vector256.LoadUnsafe(ref gate, (nuint)(units + at)));
        var candidate = VectorMath.Tanh(Vector256.LoadUnsafe(ref gate, (nuint)(2 * units + at)));
        var output = VectorMath.Sigmoid(Vector256.LoadUnsafe(ref gate, (nuint)(3 * units + at)));
        input.StoreUnsafe(ref gate, (nuint)at);
        forget.StoreUnsafe(ref gate, (nuint)(units + at));
        candidate.StoreUnsafe(ref gate, (nuint)(2 * units + at));
        output.StoreUnsafe(ref gate, (nuint)(3 * units + at));
        var state = input * candidate;
        if (!before.IsEmpty)
            state = Vector256.MultiplyAddEstimate(forget, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(before), (nuint)at), state);
        state.StoreUnsafe(ref MemoryMarshal.GetReference(cell), (nuint)at);
        (output * VectorMath.Tanh(state)).StoreUnsafe(ref MemoryMarshal.GetReference(hidden), (nuint)at);
    }

    /// <summary>The last units, fewer than eight, through padded copies.</summary>
    private static void Rest(Span<float> gates, int units, ReadOnlySpan<float> before, Span<float> cell, Span<float> hidden, int at)
    {
        var count = units - at;
        Span<float> scratch = stackalloc float[7 * Lanes];
        scratch.Clear();
        for (var gate = 0; gate < 4; gate++)
            gates.Slice(gate * units + at, count).CopyTo(scratch[(gate * Lanes)..]);
        if (!before.IsEmpty)
            before.Slice(at, count).CopyTo(scratch[(4 * Lanes)..]);
        Eight(scratch[..(4 * Lanes)], Lanes, scratch.Slice(4 * Lanes, Lanes), scratch.Slice(5 * Lanes, Lanes), scratch[(6 * Lanes)..], 0);
        for (var gate = 0; gate < 4; gate++)
            scratch.Slice(gate * Lanes, count).CopyTo(gates[(gate * units + at)..]);
        scratch.Slice(5 * Lanes, count).CopyTo(cell[at..]);
        scratch.Slice(6 * Lanes, count).CopyTo(hidden[at..]);
    }
}
