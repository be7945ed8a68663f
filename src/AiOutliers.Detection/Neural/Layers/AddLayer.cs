using System.Numerics.Tensors;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>The sum of inputs of one shape.</summary>
public sealed class AddLayer(string name) : Layer(name)
{
    public override string Kind => "Add";

    public override Shape Build(IReadOnlyList<Shape> inputs) => inputs.All(input => input.SameAs(inputs[0]))
        ? inputs[0]
        : throw Wrong($"takes inputs of one shape, not {string.Join(", ", inputs)}");

    public override void Forward(LayerPass pass)
    {
        pass.Input.CopyTo(pass.Result);
        foreach (var input in pass.Inputs.AsSpan(1))
            TensorPrimitives.Add(pass.Result, input.Batch(pass.Batch), pass.Result);
    }

    public override void Backward(LayerPass pass)
    {
        foreach (var input in pass.Inputs)
            TensorPrimitives.Add(input.BatchGradient(pass.Batch), pass.ResultGradient, input.BatchGradient(pass.Batch));
    }
}
