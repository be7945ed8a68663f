using System.Numerics.Tensors;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>y = γ·(x − mean)/√(variance + ε) + β with mean and variance of each row of the last axis (Ba, Kiros, Hinton 2016).</summary>
public sealed class LayerNormalizationLayer(string name, int axis = -1, float epsilon = 1e-3f, bool center = true, bool scale = true) : Layer(name)
{
    public override string Kind => "LayerNormalization";

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        CheckLastAxis(axis, input);
        var shape = new Shape(input.Last);
        Parameters = [.. scale ? new[] { new Parameter("gamma", shape) } : [], .. center ? new[] { new Parameter("beta", shape) } : []];
        return input;
    }

    public override void Forward(LayerPass pass)
    {
        var features = pass.Output.Shape.Last;
        var gamma = scale ? Parameters[0].Values : null;
        var beta = center ? Parameters[scale ? 1 : 0].Values : null;
        for (var start = 0; start < pass.Result.Length; start += features)
        {
            var row = pass.Result.Slice(start, features);
            var input = pass.Input.Slice(start, features);
            TensorPrimitives.Subtract(input, TensorPrimitives.Sum(input) / features, row);
            var variance = TensorPrimitives.SumOfSquares<float>(row) / features;
            TensorPrimitives.Multiply(row, 1 / MathF.Sqrt(variance + epsilon), row);
            if (gamma is not null)
                TensorPrimitives.Multiply(row, gamma, row);
            if (beta is not null)
                TensorPrimitives.Add(row, beta, row);
        }
    }
}
