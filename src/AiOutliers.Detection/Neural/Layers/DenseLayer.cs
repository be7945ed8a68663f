using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>y = f(x·K + b) over the last axis.</summary>
public sealed class DenseLayer(string name, int units, ActivationFunction activation = ActivationFunction.Linear, bool useBias = true) : Layer(name)
{
    public override string Kind => "Dense";

    public ActivationFunction Activation => activation;

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        var kernel = new Parameter("kernel", new(input.Last, units));
        Parameters = useBias ? [kernel, new Parameter("bias", new(units))] : [kernel];
        return input.WithLast(units);
    }

    public override void Forward(LayerPass pass)
    {
        var inner = pass.Inputs[0].Shape.Last;
        var rows = pass.Input.Length / inner;
        MatMul.Affine(pass.Input, inner, Parameters[0].Values, useBias ? Parameters[1].Values : [], pass.Result, units, rows, inner, units);
        Activations.Apply(activation, pass.Result, units);
    }
}
