using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>y = f(x·K + b) over the last axis.</summary>
public sealed class DenseLayer(
    string name, int units, ActivationFunction activation = ActivationFunction.Linear, bool useBias = true) : Layer(name)
{
    public override string Kind => "Dense";

    public ActivationFunction Activation => activation;

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        var kernel = new Parameter("kernel", new(input.Last, units));
        Parameters = useBias ? [kernel, new Parameter("bias", new(units))] : [kernel];
        var output = input.WithLast(units);
        CachePerExample = ActivationGradients.KeepsSlope(activation) ? output.Size : 0;
        return output;
    }

    /// <summary>The transposed kernel.</summary>
    public override int BackwardScratch(int examples) => Parameters[0].Shape.Size;

    public override void Forward(LayerPass pass)
    {
        var inner = pass.Inputs[0].Shape.Last;
        var rows = pass.Input.Length / inner;
        MatMul.Affine(pass.Input, inner, Parameters[0].Values, useBias ? Parameters[1].Values : [], pass.Result, units, rows, inner, units);
        if (pass.Training)
            ActivationGradients.ApplyKeepingSlope(activation, pass.Result, units, pass.Cache);
        else
            Activations.Apply(activation, pass.Result, units);
    }

    public override void Backward(LayerPass pass)
    {
        var inner = pass.Inputs[0].Shape.Last;
        var rows = pass.Input.Length / inner;
        var gradient = pass.ResultGradient;
        ActivationGradients.Multiply(activation, pass.Result, units, pass.Cache, gradient);
        MatMul.AccumulateTransposed(pass.Input, gradient, pass.Gradients[0], inner, rows, units);
        if (useBias)
            ColumnSums.Add(gradient, pass.Gradients[1]);
        MatMul.Transpose(Parameters[0].Values, inner, units, pass.Scratch);
        MatMul.Accumulate(gradient, units, pass.Scratch, pass.InputGradient, inner, rows, units, inner);
    }
}
