using System.Numerics.Tensors;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>The inputs side by side along one axis.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="axis">As Keras counts: 0 is the batch, 1 the first axis of an example, −1 the last.</param>
public sealed class ConcatenateLayer(string name, int axis = -1) : Layer(name)
{
    public override string Kind => "Concatenate";

    public int Axis => axis;

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var first = inputs[0];
        var at = AxisOf(first);
        var sizes = first.Dimensions.ToArray();
        sizes[at] = 0;
        foreach (var input in inputs)
        {
            if (input.Rank != first.Rank)
                throw Wrong($"cannot join {first} and {input}");
            for (var d = 0; d < input.Rank; d++)
            {
                if (d == at)
                    sizes[d] += input[d];
                else if (input[d] != first[d])
                    throw Wrong($"cannot join {first} and {input}");
            }
        }
        return new(sizes);
    }

    public override void Forward(LayerPass pass)
    {
        var at = AxisOf(pass.Output.Shape);
        var stride = Run(pass.Output.Shape, at);
        var rows = pass.Result.Length / stride;
        var start = 0;
        foreach (var input in pass.Inputs)
        {
            var run = Run(input.Shape, at);
            var values = input.Batch(pass.Batch);
            for (var row = 0; row < rows; row++)
                values.Slice(row * run, run).CopyTo(pass.Result[(row * stride + start)..]);
            start += run;
        }
    }

    public override void Backward(LayerPass pass)
    {
        var at = AxisOf(pass.Output.Shape);
        var stride = Run(pass.Output.Shape, at);
        var rows = pass.Result.Length / stride;
        var start = 0;
        foreach (var input in pass.Inputs)
        {
            var run = Run(input.Shape, at);
            var gradient = input.BatchGradient(pass.Batch);
            for (var row = 0; row < rows; row++)
            {
                var target = gradient.Slice(row * run, run);
                TensorPrimitives.Add(target, pass.ResultGradient.Slice(row * stride + start, run), target);
            }
            start += run;
        }
    }

    private int AxisOf(Shape shape)
    {
        var at = axis < 0 ? shape.Rank + axis : axis - 1;
        return 0 <= at && at < shape.Rank ? at : throw Wrong($"cannot join along axis {axis}");
    }

    /// <summary>Values that lie together in one input: from the axis to the end.</summary>
    private static int Run(Shape shape, int axis)
    {
        var run = 1;
        foreach (var size in shape.Dimensions[axis..])
            run *= size;
        return run;
    }
}
