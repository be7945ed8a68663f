using System.Numerics.Tensors;
using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// Long short-term memory (Hochreiter, Schmidhuber 1997, with the forget gate of Gers et al. 2000), as Keras computes it:
/// (i, f, g, o) = x·W + h₋₁·U + b; c = σ(f)·c₋₁ + σ(i)·tanh(g); h = σ(o)·tanh(c).
/// The cache holds the gates after their activation (batch, steps, 4·units) and then the cell states (batch, steps, units).
/// </summary>
public sealed class LstmLayer(
    string name, int units, bool returnSequences = false, bool goBackwards = false, bool useBias = true,
    ActivationFunction activation = ActivationFunction.Tanh, ActivationFunction recurrentActivation = ActivationFunction.Sigmoid)
    : RecurrentLayer(name, units, returnSequences, goBackwards)
{
    public override string Kind => "LSTM";

    protected override int CachePerStep => 5 * Units;

    protected override IReadOnlyList<Parameter> MakeParameters(int features) =>
    [
        new("kernel", new(features, 4 * Units)),
        new("recurrent_kernel", new(Units, 4 * Units)),
        .. useBias ? new[] { new Parameter("bias", new(4 * Units)) } : [],
    ];

    protected override void Run(LayerPass pass, int steps, int features, Span<float> cache, Span<float> hidden)
    {
        var gates = cache[..(pass.Batch * steps * 4 * Units)];
        var cells = cache[gates.Length..];
        MatMul.Affine(pass.Input, features, Parameters[0].Values, useBias ? Parameters[2].Values : [], gates, 4 * Units, pass.Batch * steps, features, 4 * Units);
        for (var step = 0; step < steps; step++)
        {
            var time = Time(step, steps);
            if (step > 0)
            {
                MatMul.Accumulate(hidden[((step - 1) * Units)..], steps * Units, Parameters[1].Values,
                    gates[(time * 4 * Units)..], steps * 4 * Units, pass.Batch, Units, 4 * Units);
            }
            for (var example = 0; example < pass.Batch; example++)
            {
                var row = example * steps + step;
                var before = step > 0 ? cells.Slice((row - 1) * Units, Units) : default;
                Step(gates.Slice((example * steps + time) * 4 * Units, 4 * Units), before, cells.Slice(row * Units, Units), hidden.Slice(row * Units, Units));
            }
        }
    }

    private void Step(Span<float> gates, ReadOnlySpan<float> before, Span<float> cell, Span<float> hidden)
    {
        if ((activation, recurrentActivation) == (ActivationFunction.Tanh, ActivationFunction.Sigmoid))
            LstmCell.Advance(gates, before, cell, hidden);
        else
            StepWithOtherActivations(gates, before, cell, hidden);
    }

    private void StepWithOtherActivations(Span<float> gates, ReadOnlySpan<float> before, Span<float> cell, Span<float> hidden)
    {
        Activations.Apply(recurrentActivation, gates[..(2 * Units)], 2 * Units);
        Activations.Apply(activation, gates.Slice(2 * Units, Units), Units);
        Activations.Apply(recurrentActivation, gates[(3 * Units)..], Units);
        TensorPrimitives.Multiply(gates[..Units], gates.Slice(2 * Units, Units), cell);
        if (!before.IsEmpty)
            TensorPrimitives.MultiplyAdd(gates.Slice(Units, Units), before, cell, cell);
        cell.CopyTo(hidden);
        Activations.Apply(activation, hidden, Units);
        TensorPrimitives.Multiply(hidden, gates[(3 * Units)..], hidden);
    }
}
