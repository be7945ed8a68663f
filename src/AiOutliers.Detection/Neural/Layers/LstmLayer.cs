using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// Long short-term memory (Hochreiter, Schmidhuber 1997, with the forget gate of Gers et al. 2000), as Keras computes it:
/// (i, f, g, o) = x·W + h₋₁·U + b; c = σ(f)·c₋₁ + σ(i)·tanh(g); h = σ(o)·tanh(c).
/// The cache holds the gates after their activation (batch, steps, 4·units), then the cell states (batch, steps, units), then the slopes
/// that activations keep (batch, steps, 5·units).
/// </summary>
public sealed class LstmLayer(
    string name, int units, bool returnSequences = false, bool goBackwards = false, bool useBias = true,
    ActivationFunction activation = ActivationFunction.Tanh, ActivationFunction recurrentActivation = ActivationFunction.Sigmoid)
    : RecurrentLayer(name, units, returnSequences, goBackwards)
{
    private readonly bool _usual = (activation, recurrentActivation) == (ActivationFunction.Tanh, ActivationFunction.Sigmoid);
    private readonly bool _keepsSlopes = ActivationGradients.KeepsSlope(activation) || ActivationGradients.KeepsSlope(recurrentActivation);

    public override string Kind => "LSTM";

    public ActivationFunction Activation => activation;

    public ActivationFunction RecurrentActivation => recurrentActivation;

    protected override int CachePerStep => (_keepsSlopes ? 10 : 5) * Units;

    protected override IReadOnlyList<Parameter> MakeParameters(int features) =>
    [
        new("kernel", new(features, 4 * Units)),
        new("recurrent_kernel", new(Units, 4 * Units)),
        .. useBias ? new[] { new Parameter("bias", new(4 * Units)) } : [],
    ];

    protected override void Run(LayerPass pass, int steps, int features, Span<float> cache, Span<float> hidden)
    {
        var gates = cache[..(pass.Batch * steps * 4 * Units)];
        MatMul.Affine(
            pass.Input, features, Parameters[0].Values, useBias ? Parameters[2].Values : [],
            gates, 4 * Units, pass.Batch * steps, features, 4 * Units);
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
                Advance(
                    cache, pass.Batch * steps, example * steps + time, example * steps + step,
                    step > 0, hidden.Slice((example * steps + step) * Units, Units));
            }
        }
    }

    protected override int CellScratch(int examples, int steps, int features) =>
        4 * Units * (features + Units) + examples * (steps + 1) * Units + 6 * Units;

    protected override void RunBackward(
        LayerPass pass, int steps, int features, Span<float> cache, ReadOnlySpan<float> hidden, Span<float> hiddenGradient)
    {
        var rows = pass.Batch * steps;
        var gates = cache[..(rows * 4 * Units)];
        var scratch = pass.Scratch.AsSpan();
        var kernel = Take(ref scratch, 4 * Units * features);
        var recurrent = Take(ref scratch, 4 * Units * Units);
        var previous = Take(ref scratch, rows * Units);
        var cellGradient = Take(ref scratch, pass.Batch * Units);
        MatMul.Transpose(Parameters[0].Values, features, 4 * Units, kernel);
        MatMul.Transpose(Parameters[1].Values, Units, 4 * Units, recurrent);
        Previous(pass.Batch, steps, hidden, previous);
        cellGradient.Clear();
        for (var step = steps - 1; step >= 0; step--)
        {
            var time = Time(step, steps);
            for (var example = 0; example < pass.Batch; example++)
            {
                Retreat(cache, rows, example * steps + time, example * steps + step, step > 0,
                    hiddenGradient.Slice((example * steps + step) * Units, Units), cellGradient.Slice(example * Units, Units), scratch);
            }
            if (step > 0)
            {
                MatMul.Accumulate(gates[(time * 4 * Units)..], steps * 4 * Units, recurrent,
                    hiddenGradient[((step - 1) * Units)..], steps * Units, pass.Batch, 4 * Units, Units);
            }
        }
        MatMul.AccumulateTransposed(pass.Input, gates, pass.Gradients[0], features, rows, 4 * Units);
        MatMul.AccumulateTransposed(previous, gates, pass.Gradients[1], Units, rows, 4 * Units);
        if (useBias)
            ColumnSums.Add(gates, pass.Gradients[2]);
        MatMul.Accumulate(gates, 4 * Units, kernel, pass.InputGradient, features, rows, 4 * Units, features);
    }

    private void Advance(Span<float> cache, int rows, int gateRow, int row, bool hasBefore, Span<float> hidden)
    {
        var gates = cache.Slice(gateRow * 4 * Units, 4 * Units);
        Span<float> before = hasBefore ? Cell(cache, rows, row - 1) : default, cell = Cell(cache, rows, row);
        if (_usual)
            LstmCell.Advance(gates, before, cell, hidden);
        else
            GeneralLstmCell.Advance(activation, recurrentActivation, gates, Slopes(cache, rows, row), before, cell, hidden);
    }

    private void Retreat(
        Span<float> cache, int rows, int gateRow, int row, bool hasBefore,
        ReadOnlySpan<float> hiddenGradient, Span<float> cellGradient, Span<float> scratch)
    {
        var gates = cache.Slice(gateRow * 4 * Units, 4 * Units);
        Span<float> before = hasBefore ? Cell(cache, rows, row - 1) : default, cell = Cell(cache, rows, row);
        if (_usual)
            LstmCellGradient.Retreat(gates, before, cell, hiddenGradient, cellGradient);
        else
        {
            GeneralLstmCell.Retreat(
                activation, recurrentActivation, gates, Slopes(cache, rows, row), before, cell, hiddenGradient, cellGradient, scratch);
        }
    }

    private Span<float> Cell(Span<float> cache, int rows, int row) => cache.Slice((rows * 4 + row) * Units, Units);

    private Span<float> Slopes(Span<float> cache, int rows, int row) =>
        _keepsSlopes ? cache.Slice((rows + row) * 5 * Units, 5 * Units) : default;
}
