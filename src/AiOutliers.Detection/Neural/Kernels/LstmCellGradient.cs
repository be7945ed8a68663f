using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>
/// The way back through one step of one example of an LSTM with the usual activations (see <see cref="LstmCell"/>): with dh and dc the
/// gradients by the hidden state and the cell, dc += dh·o·(1 − tanh² c), do = dh·tanh c, di = dc·g, df = dc·c₋₁, dg = dc·i,
/// each times the slope of its activation, and dc₋₁ = dc·f (Hochreiter, Schmidhuber 1997; Gers et al. 2000).
/// </summary>
internal static class LstmCellGradient
{
    private static readonly int Lanes = Vector256<float>.Count;

    /// <param name="gates">(4, units): i, f, g, o after their activation; on return the gradients by what went into it.</param>
    /// <param name="before">c₋₁; empty at the first step.</param>
    /// <param name="cell">c.</param>
    /// <param name="hiddenGradient">dh.</param>
    /// <param name="cellGradient">dc; on return dc₋₁.</param>
    public static void Retreat(
        Span<float> gates, ReadOnlySpan<float> before, ReadOnlySpan<float> cell,
        ReadOnlySpan<float> hiddenGradient, Span<float> cellGradient)
    {
        var units = cell.Length;
        var at = 0;
        for (; at + Lanes <= units; at += Lanes)
            Eight(gates, units, before, cell, hiddenGradient, cellGradient, at);
        if (at < units)
            Rest(gates, units, before, cell, hiddenGradient, cellGradient, at);
    }

    private static void Eight(
        Span<float> gates, int units, ReadOnlySpan<float> before, ReadOnlySpan<float> cell,
        ReadOnlySpan<float> hiddenGradient, Span<float> cellGradient, int at)
    {
        ref var gate = ref MemoryMarshal.GetReference(gates);
        var one = Vector256<float>.One;
        var input = Vector256.LoadUnsafe(ref gate, (nuint)at);
        var forget = Vector256.LoadUnsafe(ref gate, (nuint)(units + at));
        var candidate = Vector256.LoadUnsafe(ref gate, (nuint)(2 * units + at));
        var output = Vector256.LoadUnsafe(ref gate, (nuint)(3 * units + at));
        var squashed = VectorMath.Tanh(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(cell), (nuint)at));
        var dh = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(hiddenGradient), (nuint)at);
        var dc = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(cellGradient), (nuint)at);
        dc = Vector256.MultiplyAddEstimate(dh * output, one - squashed * squashed, dc);
        var past = before.IsEmpty ? Vector256<float>.Zero : Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(before), (nuint)at);
        (dc * candidate * input * (one - input)).StoreUnsafe(ref gate, (nuint)at);
        (dc * past * forget * (one - forget)).StoreUnsafe(ref gate, (nuint)(units + at));
        (dc * input * (one - candidate * candidate)).StoreUnsafe(ref gate, (nuint)(2 * units + at));
        (dh * squashed * output * (one - output)).StoreUnsafe(ref gate, (nuint)(3 * units + at));
        (dc * forget).StoreUnsafe(ref MemoryMarshal.GetReference(cellGradient), (nuint)at);
    }

    /// <summary>The last units, fewer than eight, through padded copies.</summary>
    private static void Rest(
        Span<float> gates, int units, ReadOnlySpan<float> before, ReadOnlySpan<float> cell,
        ReadOnlySpan<float> hiddenGradient, Span<float> cellGradient, int at)
    {
        var count = units - at;
        Span<float> scratch = stackalloc float[8 * Lanes];
        scratch.Clear();
        for (var gate = 0; gate < 4; gate++)
            gates.Slice(gate * units + at, count).CopyTo(scratch[(gate * Lanes)..]);
        if (!before.IsEmpty)
            before.Slice(at, count).CopyTo(scratch[(4 * Lanes)..]);
        cell.Slice(at, count).CopyTo(scratch[(5 * Lanes)..]);
        hiddenGradient.Slice(at, count).CopyTo(scratch[(6 * Lanes)..]);
        cellGradient.Slice(at, count).CopyTo(scratch[(7 * Lanes)..]);
        Eight(
            scratch[..(4 * Lanes)], Lanes, scratch.Slice(4 * Lanes, Lanes),
            scratch.Slice(5 * Lanes, Lanes), scratch.Slice(6 * Lanes, Lanes), scratch[(7 * Lanes)..], 0);
        for (var gate = 0; gate < 4; gate++)
            scratch.Slice(gate * Lanes, count).CopyTo(gates[(gate * units + at)..]);
        scratch.Slice(7 * Lanes, count).CopyTo(cellGradient[at..]);
    }
}
