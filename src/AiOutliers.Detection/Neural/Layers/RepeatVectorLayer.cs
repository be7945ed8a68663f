using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>(features) → (times, features): every step the same.</summary>
public sealed class RepeatVectorLayer(string name, int times) : Layer(name)
{
    public override string Kind => "RepeatVector";

    public override Shape Build(IReadOnlyList<Shape> inputs) =>
        Single(inputs) is { Rank: 1 } input ? new(times, input.Size) : throw Wrong($"takes a vector, not {inputs[0]}");

    public override void Forward(LayerPass pass)
    {
        var size = pass.Inputs[0].Shape.Size;
        for (var row = 0; row < pass.Batch * times; row++)
            pass.Input.Slice(row / times * size, size).CopyTo(pass.Result[(row * size)..]);
    }

    public override void Backward(LayerPass pass)
    {
        var size = pass.Inputs[0].Shape.Size;
        for (var example = 0; example < pass.Batch; example++)
            ColumnSums.Add(pass.ResultGradient.Slice(example * times * size, times * size), pass.InputGradient.Slice(example * size, size));
    }
}
