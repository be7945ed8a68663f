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
        return new([input[0], .. _output.Dimensions]);
    }

    public override bool CouplesExamples => inner.CouplesExamples;

    internal override void Prepare(LayerPass pass) =>
        pass.Inner =
            [new LayerPass(inner, [pass.Inputs[0].Reshaped(_input)], pass.Output.Reshaped(_output), pass.Capacity * pass.Output.Shape[0])];

    public override void Forward(LayerPass pass)
    {
        pass.Inner[0].Follow(pass, pass.Batch * pass.Output.Shape[0]);
        inner.Forward(pass.Inner[0]);
    }

    /// <summary>The inner pass' tensors are this one's: the gradient by the output is already where it belongs.</summary>
    public override void Backward(LayerPass pass) => inner.Backward(pass.Inner[0]);

    public override void UpdateStatistics(LayerPass pass) => inner.UpdateStatistics(pass.Inner[0]);
}
