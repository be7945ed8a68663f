using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014), as Keras computes it: z = σ(x·Wz + h₋₁·Uz), r = σ(x·Wr + h₋₁·Ur), h = z·h₋₁ + (1 − z)·h̃ with
/// h̃ = tanh(x·Wh + r·(h₋₁·Uh + b′)) when the reset comes after the product (the variant of cuDNN), else tanh(x·Wh + (r·h₋₁)·Uh).
/// The cache holds, per step, z, r and h̃ after their activation (3·units), then h₋₁·U + b′ (3·units).
/// </summary>
public sealed class GruLayer(
    string name, int units, bool returnSequences = false, bool goBackwards = false, bool useBias = true, bool resetAfter = true,
    ActivationFunction activation = ActivationFunction.Tanh, ActivationFunction recurrentActivation = ActivationFunction.Sigmoid)
    : RecurrentLayer(name, units, returnSequences, goBackwards)
{
    public override string Kind => "GRU";

    protected override int CachePerStep => 6 * Units;

    protected override IReadOnlyList<Parameter> MakeParameters(int features) =>
    [
        new("kernel", new(features, 3 * Units)),
        new("recurrent_kernel", new(Units, 3 * Units)),
        .. useBias ? new[] { new Parameter("bias", resetAfter ? new(2, 3 * Units) : new(3 * Units)) } : [],
    ];

    protected override void Run(LayerPass pass, int steps, int features, Span<float> cache, Span<float> hidden)
    {
        var width = 3 * Units;
        var gates = cache[..(pass.Batch * steps * width)];
        var products = cache[gates.Length..];
        var bias = useBias ? Parameters[2].Values.AsSpan() : default;
        MatMul.Affine(pass.Input, features, Parameters[0].Values, bias.IsEmpty ? bias : bias[..width], gates, width, pass.Batch * steps, features, width);
        for (var step = 0; step < steps; step++)
        {
            for (var example = 0; example < pass.Batch; example++)
            {
                var row = example * steps + step;
                var before = step > 0 ? hidden.Slice((row - 1) * Units, Units) : default;
                Advance(gates.Slice((example * steps + Time(step, steps)) * width, width), products.Slice(row * width, width),
                    before, bias.Length > width ? bias[width..] : default, hidden.Slice(row * Units, Units));
            }
        }
    }

    private void Advance(Span<float> gates, Span<float> products, ReadOnlySpan<float> before, ReadOnlySpan<float> recurrentBias, Span<float> hidden)
    {
        var recurrent = Parameters[1].Values.AsSpan();
        var width = 3 * Units;
        products.Clear();
        recurrentBias.CopyTo(products);
        if (!before.IsEmpty)
            MatMul.Accumulate(before, Units, recurrent, products, width, 1, Units, width);
        for (var i = 0; i < 2 * Units; i++)
            gates[i] += products[i];
        Activations.Apply(recurrentActivation, gates[..(2 * Units)], 2 * Units);
        var update = gates[..Units];
        var reset = gates.Slice(Units, Units);
        var candidate = gates[(2 * Units)..];
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
                    candidate[j] += reset[i] * before[i] * recurrent[i * width + 2 * Units + j];
            }
        }
        Activations.Apply(activation, candidate, Units);
        for (var i = 0; i < Units; i++)
            hidden[i] = (before.IsEmpty ? 0 : update[i] * before[i]) + (1 - update[i]) * candidate[i];
    }
}
