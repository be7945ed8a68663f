namespace AiOutliers.Detection.Neural.Layers;

/// <summary>What the recurrent layers share: (steps, features) in, (steps, units) or the last step's (units) out.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="units">Features that go out.</param>
/// <param name="returnSequences">Every step's output, not only the last.</param>
/// <param name="goBackwards">From the last step to the first; a sequence goes out in that order too.</param>
public abstract class RecurrentLayer(string name, int units, bool returnSequences, bool goBackwards) : Layer(name)
{
    public int Units => units;

    public bool ReturnSequences => returnSequences;

    public bool GoBackwards => goBackwards;

    /// <summary>Values per step that the cell keeps, without the hidden state.</summary>
    protected abstract int CachePerStep { get; }

    protected abstract IReadOnlyList<Parameter> MakeParameters(int features);

    /// <summary>Computes all steps; <paramref name="hidden"/> is (batch, steps, units) in the order of processing.</summary>
    protected abstract void Run(LayerPass pass, int steps, int features, Span<float> cache, Span<float> hidden);

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Sequence(inputs);
        Parameters = MakeParameters(input.Last);
        CachePerExample = input[0] * (CachePerStep + (returnSequences ? 0 : units));
        return returnSequences ? new(input[0], units) : new(units);
    }

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

    /// <summary>The step in time that is processed as the <paramref name="step"/>th.</summary>
    protected int Time(int step, int steps) => goBackwards ? steps - 1 - step : step;
}
