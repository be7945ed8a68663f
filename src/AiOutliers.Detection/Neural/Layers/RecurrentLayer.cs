namespace AiOutliers.Detection.Neural.Layers;

/// <summary>What the recurrent layers share: (steps, features) in, (steps, units) or the last step's (units) out.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="units">Features that go out.</param>
/// <param name="returnSequences">Every step's output, not only the last.</param>
/// <param name="goBackwards">From the last step to the first; a sequence goes out in that order too.</param>
public abstract class RecurrentLayer(string name, int units, bool returnSequences, bool goBackwards) : Layer(name)
{
    private int _steps;
    private int _features;

    public int Units => units;

    public bool ReturnSequences => returnSequences;

    public bool GoBackwards => goBackwards;

    /// <summary>Values per step that the cell keeps, without the hidden state.</summary>
    protected abstract int CachePerStep { get; }

    protected abstract IReadOnlyList<Parameter> MakeParameters(int features);

    /// <summary>Computes all steps; <paramref name="hidden"/> is (batch, steps, units) in the order of processing.</summary>
    protected abstract void Run(LayerPass pass, int steps, int features, Span<float> cache, Span<float> hidden);

    /// <summary>
    /// The way back through all steps. The gradients by the layer's hidden states come in by <paramref name="hiddenGradient"/>, laid out
    /// like <paramref name="hidden"/>; those that steps pass to one another are the cell's own affair.
    /// </summary>
    protected abstract void RunBackward(
        LayerPass pass, int steps, int features, Span<float> cache, ReadOnlySpan<float> hidden, Span<float> hiddenGradient);

    /// <summary>What <see cref="RunBackward"/> needs as scratch space.</summary>
    protected abstract int CellScratch(int examples, int steps, int features);

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Sequence(inputs);
        Parameters = MakeParameters(input.Last);
        (_steps, _features) = (input[0], input.Last);
        CachePerExample = input[0] * (CachePerStep + (returnSequences ? 0 : units));
        return returnSequences ? new(input[0], units) : new(units);
    }

    /// <summary>What the cell needs, and the gradients by the hidden states where they are not the output.</summary>
    public override int BackwardScratch(int examples) =>
        CellScratch(examples, _steps, _features) + (returnSequences ? 0 : examples * _steps * units);

    public override void Forward(LayerPass pass)
    {
        var input = pass.Inputs[0].Shape;
        var steps = input[0];
        var own = pass.Batch * steps * CachePerStep;
        var hidden = returnSequences ? pass.Result : pass.Cache.AsSpan(own, pass.Batch * steps * units);
        Run(pass, steps, input.Last, pass.Cache.AsSpan(0, own), hidden);
        if (returnSequences)
            return;
        for (var example = 0; example < pass.Batch; example++)
            hidden.Slice((example * steps + steps - 1) * units, units).CopyTo(pass.Result[(example * units)..]);
    }

    public override void Backward(LayerPass pass)
    {
        var own = pass.Batch * _steps * CachePerStep;
        var size = pass.Batch * _steps * units;
        var hidden = returnSequences ? pass.Result : pass.Cache.AsSpan(own, size);
        var gradient = returnSequences ? pass.ResultGradient : pass.Scratch.AsSpan(pass.Scratch.Length - size);
        if (!returnSequences)
        {
            gradient.Clear();
            for (var example = 0; example < pass.Batch; example++)
                pass.ResultGradient.Slice(example * units, units).CopyTo(gradient[((example * _steps + _steps - 1) * units)..]);
        }
        RunBackward(pass, _steps, _features, pass.Cache.AsSpan(0, own), hidden, gradient);
    }

    /// <summary>The next part of a scratch space.</summary>
    protected static Span<float> Take(ref Span<float> scratch, int length)
    {
        var taken = scratch[..length];
        scratch = scratch[length..];
        return taken;
    }

    /// <summary>For each step in time the hidden state that it started from: zeros, then those of the steps processed before.</summary>
    protected void Previous(int batch, int steps, ReadOnlySpan<float> hidden, Span<float> previous)
    {
        for (var example = 0; example < batch; example++)
        {
            for (var step = 0; step < steps; step++)
            {
                var target = previous.Slice((example * steps + Time(step, steps)) * units, units);
                if (step == 0)
                    target.Clear();
                else
                    hidden.Slice((example * steps + step - 1) * units, units).CopyTo(target);
            }
        }
    }

    /// <summary>The step in time that is processed as the <paramref name="step"/>th.</summary>
    protected int Time(int step, int steps) => goBackwards ? steps - 1 - step : step;
}
