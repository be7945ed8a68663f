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
        var first = 0;
        foreach (var input in pass.Inputs)
        {
            var part = PartOf(pass, input.Shape, first);
            var values = input.Batch(pass.Batch);
            for (var row = 0; row < part.Rows; row++)
                values.Slice(row * part.Run, part.Run).CopyTo(pass.Result[part.Start(row)..]);
            first += part.Run;
        }
    }

    public override void Backward(LayerPass pass)
    {
        var first = 0;
        foreach (var input in pass.Inputs)
        {
            var part = PartOf(pass, input.Shape, first);
            var gradient = input.BatchGradient(pass.Batch);
            for (var row = 0; row < part.Rows; row++)
            {
                var target = gradient.Slice(row * part.Run, part.Run);
                TensorPrimitives.Add(target, pass.ResultGradient.Slice(part.Start(row), part.Run), target);
            }
            first += part.Run;
        }
    }

    /// <summary>Where an input's values lie in the output: a run of them in each row, beside those of the other inputs.</summary>
    private Part PartOf(LayerPass pass, Shape input, int first)
    {
        var at = AxisOf(pass.Output.Shape);
        var stride = Run(pass.Output.Shape, at);
        return new(pass.Result.Length / stride, Run(input, at), stride, first);
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

    /// <param name="Rows">How many runs it has in a batch.</param>
    /// <param name="Run">How many of its values lie together.</param>
    /// <param name="Stride">How many values of the output lie together.</param>
    /// <param name="First">Where its values begin among those.</param>
    private readonly record struct Part(int Rows, int Run, int Stride, int First)
    {
        public int Start(int row) => row * Stride + First;
    }
}
