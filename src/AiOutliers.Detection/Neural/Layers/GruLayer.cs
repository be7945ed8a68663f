using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014), as Keras computes it: z = σ(x·Wz + h₋₁·Uz), r = σ(x·Wr + h₋₁·Ur), h = z·h₋₁ +
/// (1 − z)·h̃ with h̃ = tanh(x·Wh + r·(h₋₁·Uh + b′)) when the reset comes after the product (the variant of cuDNN), else
/// tanh(x·Wh + (r·h₋₁)·Uh). The cache holds, per step, z, r and h̃ after their activation (3·units), then h₋₁·U + b′
/// (3·units), then the slopes that activations keep (3·units).
/// </summary>
public sealed class GruLayer(
    string name, int units, bool returnSequences = false, bool goBackwards = false, bool useBias = true, bool resetAfter = true,
    ActivationFunction activation = ActivationFunction.Tanh, ActivationFunction recurrentActivation = ActivationFunction.Sigmoid)
    : RecurrentLayer(name, units, returnSequences, goBackwards)
{
    private readonly bool _keepsSlopes = ActivationGradients.KeepsSlope(activation) || ActivationGradients.KeepsSlope(recurrentActivation);

    public override string Kind => "GRU";

    public ActivationFunction Activation => activation;

    public ActivationFunction RecurrentActivation => recurrentActivation;

    public bool ResetAfter => resetAfter;

    protected override int CachePerStep => (_keepsSlopes ? 9 : 6) * Units;

    private int Width => 3 * Units;

    protected override IReadOnlyList<Parameter> MakeParameters(int features) =>
    [
        new("kernel", new(features, Width)),
        new("recurrent_kernel", new(Units, Width)),
        .. useBias ? new[] { new Parameter("bias", resetAfter ? new(2, Width) : new(Width)) } : [],
    ];

    protected override void Run(LayerPass pass, int steps, int features, Span<float> cache, Span<float> hidden)
    {
        var rows = pass.Batch * steps;
        var bias = useBias ? Parameters[2].Values.AsSpan() : default;
        MatMul.Affine(pass.Input, features, Parameters[0].Values, bias.IsEmpty ? bias : bias[..Width], cache, Width, rows, features, Width);
        for (var step = 0; step < steps; step++)
        {
            for (var example = 0; example < pass.Batch; example++)
            {
                var row = example * steps + step;
                var before = step > 0 ? hidden.Slice((row - 1) * Units, Units) : default;
                Advance(
                    cache.Slice((example * steps + Time(step, steps)) * Width, Width),
                    cache.Slice((rows + row) * Width, Width), Slopes(cache, rows, row),
                    before, bias.Length > Width ? bias[Width..] : default, hidden.Slice(row * Units, Units));
            }
        }
    }

    protected override int CellScratch(int examples, int steps, int features) =>
        Width * (features + Units) + examples * steps * (Units + Width) + Width;

    protected override void RunBackward(
        LayerPass pass, int steps, int features, Span<float> cache, ReadOnlySpan<float> hidden, Span<float> hiddenGradient)
    {
        var rows = pass.Batch * steps;
        var scratch = pass.Scratch.AsSpan();
        var kernel = Take(ref scratch, Width * features);
        var recurrent = Take(ref scratch, Width * Units);
        var previous = Take(ref scratch, rows * Units);
        var productGradient = Take(ref scratch, rows * Width);
        MatMul.Transpose(Parameters[0].Values, features, Width, kernel);
        MatMul.Transpose(Parameters[1].Values, Units, Width, recurrent);
        Previous(pass.Batch, steps, hidden, previous);
        for (var step = steps - 1; step >= 0; step--)
        {
            var time = Time(step, steps);
            for (var example = 0; example < pass.Batch; example++)
            {
                var row = example * steps + step;
                var at = example * steps + time;
                Retreat(
                    cache.Slice(at * Width, Width), cache.Slice((rows + row) * Width, Width),
                    Slopes(cache, rows, row), previous.Slice(at * Units, Units),
                    hiddenGradient.Slice(row * Units, Units), step > 0 ? hiddenGradient.Slice((row - 1) * Units, Units) : default,
                    productGradient.Slice(at * Width, Width), pass.Gradients[1], scratch);
            }
            if (step > 0)
            {
                MatMul.Accumulate(productGradient[(time * Width)..], steps * Width, recurrent,
                    hiddenGradient[((step - 1) * Units)..], steps * Units, pass.Batch, Width, Units);
            }
        }
        var gates = cache[..(rows * Width)];
        MatMul.AccumulateTransposed(pass.Input, gates, pass.Gradients[0], features, rows, Width);
        MatMul.AccumulateTransposed(previous, productGradient, pass.Gradients[1], Units, rows, Width);
        if (useBias)
            ColumnSums.Add(gates, pass.Gradients[2].AsSpan(0, Width));
        if (useBias && resetAfter)
            ColumnSums.Add(productGradient, pass.Gradients[2].AsSpan(Width));
        MatMul.Accumulate(gates, Width, kernel, pass.InputGradient, features, rows, Width, features);
    }

    private void Advance(
        Span<float> gates, Span<float> products, Span<float> slopes,
        ReadOnlySpan<float> before, ReadOnlySpan<float> recurrentBias, Span<float> hidden)
    {
        var recurrent = Parameters[1].Values.AsSpan();
        products.Clear();
        recurrentBias.CopyTo(products);
        if (!before.IsEmpty)
            MatMul.Accumulate(before, Units, recurrent, products, Width, 1, Units, Width);
        for (var i = 0; i < 2 * Units; i++)
            gates[i] += products[i];
        Activate(recurrentActivation, 0, gates, slopes);
        Activate(recurrentActivation, 1, gates, slopes);
        Span<float> update = gates[..Units], reset = gates.Slice(Units, Units), candidate = gates[(2 * Units)..];
        if (resetAfter)
        {
            for (var i = 0; i < Units; i++)
                candidate[i] += reset[i] * products[2 * Units + i];
        }
        else if (!before.IsEmpty)
        {
            // The candidate's share of the product above was of h₋₁ itself; here it is of r·h₋₁.
            for (var i = 0; i < Units; i++)
            {
                for (var j = 0; j < Units; j++)
                    candidate[j] += reset[i] * before[i] * recurrent[i * Width + 2 * Units + j];
            }
        }
        Activate(activation, 2, gates, slopes);
        for (var i = 0; i < Units; i++)
            hidden[i] = (before.IsEmpty ? 0 : update[i] * before[i]) + (1 - update[i]) * candidate[i];
    }

    /// <summary>
    /// One step back: dz = dh·(h₋₁ − h̃), dh̃ = dh·(1 − z), dh₋₁ += dh·z, each times the slope of its activation. On
    /// return the gates hold the gradients by x·W + b and <paramref name="productGradient"/> those by h₋₁·U + b′.
    /// </summary>
    private void Retreat(
        Span<float> gates, ReadOnlySpan<float> products, Span<float> slopes, ReadOnlySpan<float> before, ReadOnlySpan<float> hiddenGradient,
        Span<float> beforeGradient, Span<float> productGradient, Span<float> recurrentGradient, Span<float> scratch)
    {
        Span<float> update = gates[..Units], reset = gates.Slice(Units, Units), candidate = gates[(2 * Units)..];
        Span<float> byUpdate = scratch[..Units], byReset = scratch.Slice(Units, Units), byCandidate = scratch.Slice(2 * Units, Units);
        for (var i = 0; i < Units; i++)
        {
            byUpdate[i] = hiddenGradient[i] * (before[i] - candidate[i]);
            byCandidate[i] = hiddenGradient[i] * (1 - update[i]);
        }
        for (var i = 0; i < beforeGradient.Length; i++)
            beforeGradient[i] += hiddenGradient[i] * update[i];
        ActivationGradients.Multiply(activation, candidate, Units, Part(slopes, 2), byCandidate);
        var byProduct = productGradient[(2 * Units)..];
        byProduct.Clear();
        byReset.Clear();
        if (resetAfter)
        {
            for (var i = 0; i < Units; i++)
                (byReset[i], byProduct[i]) = (byCandidate[i] * products[2 * Units + i], byCandidate[i] * reset[i]);
        }
        else
        {
            RetreatResetBefore(reset, before, byCandidate, byReset, beforeGradient, recurrentGradient);
        }
        ActivationGradients.Multiply(recurrentActivation, update, Units, Part(slopes, 0), byUpdate);
        ActivationGradients.Multiply(recurrentActivation, reset, Units, Part(slopes, 1), byReset);
        scratch[..Width].CopyTo(gates);
        scratch[..(2 * Units)].CopyTo(productGradient);
    }

    /// <summary>Back through (r·h₋₁)·Uh.</summary>
    private void RetreatResetBefore(
        ReadOnlySpan<float> reset, ReadOnlySpan<float> before, ReadOnlySpan<float> byCandidate,
        Span<float> byReset, Span<float> beforeGradient, Span<float> recurrentGradient)
    {
        var recurrent = Parameters[1].Values.AsSpan();
        for (var i = 0; i < beforeGradient.Length; i++)
        {
            var sum = 0f;
            for (var j = 0; j < Units; j++)
            {
                sum += byCandidate[j] * recurrent[i * Width + 2 * Units + j];
                recurrentGradient[i * Width + 2 * Units + j] += reset[i] * before[i] * byCandidate[j];
            }
            byReset[i] = sum * before[i];
            beforeGradient[i] += sum * reset[i];
        }
    }

    private void Activate(ActivationFunction function, int gate, Span<float> gates, Span<float> slopes) =>
        ActivationGradients.ApplyKeepingSlope(function, gates.Slice(gate * Units, Units), Units, Part(slopes, gate));

    private Span<float> Part(Span<float> slopes, int gate) => slopes.IsEmpty ? slopes : slopes.Slice(gate * Units, Units);

    private Span<float> Slopes(Span<float> cache, int rows, int row) =>
        _keepsSlopes ? cache.Slice((2 * rows + row) * Width, Width) : default;
}
