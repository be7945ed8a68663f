namespace AiOutliers.Detection.Neural.Layers;

/// <summary>A layer applied to every step on its own.</summary>
public sealed class TimeDistributedLayer(string name, Layer inner) : Layer(name)
{
    private Shape _input = new(1);
    private Shape _output = new(1);

    public override string Kind => "TimeDistributed";

    public override IReadOnlyList<(string Name, Layer Layer)> Children => [("layer", inner)];

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        if (input.Rank < 2)
            throw Wrong($"takes a sequence, not {input}");
        _input = new(input.Dimensions[1..]);
        _output = inner.Build([_input]);
        CachePerExample = input[0] * inner.CachePerExample;
        return new([input[0], .. _output.Dimensions]);
    }

    internal override void Prepare(LayerPass pass)
    {
        pass.Inner = [new LayerPass { Inputs = [pass.Inputs[0].Reshaped(_input)], Output = pass.Output.Reshaped(_output), Cache = pass.Cache }];
        inner.Prepare(pass.Inner[0]);
    }

    public override void Forward(LayerPass pass)
    {
        pass.Inner[0].Batch = pass.Batch * pass.Output.Shape[0];
        inner.Forward(pass.Inner[0]);
    }
}
