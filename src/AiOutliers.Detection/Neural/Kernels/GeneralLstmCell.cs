using System.Numerics.Tensors;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>
/// One step of one example of an LSTM with any activations, forth and back; <see cref="LstmCell"/> and <see cref="LstmCellGradient"/> are
/// faster.
/// </summary>
internal static class GeneralLstmCell
{
    /// <summary>c = f·c₋₁ + i·g, h = o·activation(c).</summary>
    /// <param name="slopes">
    /// (5, units): the derivatives that the gates' activations and the cell's keep; empty where none keeps any.
    /// </param>
    public static void Advance(
        ActivationFunction activation, ActivationFunction recurrent, Span<float> gates,
        Span<float> slopes, ReadOnlySpan<float> before, Span<float> cell, Span<float> hidden)
    {
        var units = cell.Length;
        for (var gate = 0; gate < 4; gate++)
        {
            ActivationGradients.ApplyKeepingSlope(
                gate == 2 ? activation : recurrent, Part(gates, gate, units), units, Part(slopes, gate, units));
        }
        TensorPrimitives.Multiply(Part(gates, 0, units), Part(gates, 2, units), cell);
        if (!before.IsEmpty)
            TensorPrimitives.MultiplyAdd(Part(gates, 1, units), before, cell, cell);
        cell.CopyTo(hidden);
        ActivationGradients.ApplyKeepingSlope(activation, hidden, units, Part(slopes, 4, units));
        TensorPrimitives.Multiply(hidden, Part(gates, 3, units), hidden);
    }

    /// <summary>As <see cref="LstmCellGradient.Retreat"/>.</summary>
    /// <param name="scratch">(6, units).</param>
    public static void Retreat(
        ActivationFunction activation, ActivationFunction recurrent, Span<float> gates,
        Span<float> slopes, ReadOnlySpan<float> before, ReadOnlySpan<float> cell,
        ReadOnlySpan<float> hiddenGradient, Span<float> cellGradient, Span<float> scratch)
    {
        var units = cell.Length;
        Span<float> squashed = Part(scratch, 4, units), through = Part(scratch, 5, units);
        cell.CopyTo(squashed);
        Activations.Apply(activation, squashed, units);
        TensorPrimitives.Multiply(hiddenGradient, Part(gates, 3, units), through);
        ActivationGradients.Multiply(activation, squashed, units, Part(slopes, 4, units), through);
        TensorPrimitives.Add(cellGradient, through, cellGradient);
        TensorPrimitives.Multiply(cellGradient, Part(gates, 2, units), Part(scratch, 0, units));
        if (before.IsEmpty)
            Part(scratch, 1, units).Clear();
        else
            TensorPrimitives.Multiply(cellGradient, before, Part(scratch, 1, units));
        TensorPrimitives.Multiply(cellGradient, Part(gates, 0, units), Part(scratch, 2, units));
        TensorPrimitives.Multiply(hiddenGradient, squashed, Part(scratch, 3, units));
        TensorPrimitives.Multiply(cellGradient, Part(gates, 1, units), cellGradient);
        for (var gate = 0; gate < 4; gate++)
        {
            ActivationGradients.Multiply(
                gate == 2 ? activation : recurrent, Part(gates, gate, units), units, Part(slopes, gate, units), Part(scratch, gate, units));
        }
        scratch[..(4 * units)].CopyTo(gates);
    }

    private static Span<float> Part(Span<float> parts, int part, int units) => parts.IsEmpty ? parts : parts.Slice(part * units, units);
}
