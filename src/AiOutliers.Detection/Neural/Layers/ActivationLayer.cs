using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>An activation function as a layer of its own.</summary>
public sealed class ActivationLayer(string name, ActivationFunction activation) : Layer(name)
{
    public override string Kind => "Activation";

    public ActivationFunction Activation => activation;

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        CachePerExample = ActivationGradients.KeepsSlope(activation) ? input.Size : 0;
        return input;
    }

    public override void Forward(LayerPass pass)
    {
        pass.Input.CopyTo(pass.Result);
        if (pass.Training)
            ActivationGradients.ApplyKeepingSlope(activation, pass.Result, pass.Output.Shape.Last, pass.Cache);
        else
            Activations.Apply(activation, pass.Result, pass.Output.Shape.Last);
    }

    public override void Backward(LayerPass pass)
    {
        ActivationGradients.Multiply(activation, pass.Result, pass.Output.Shape.Last, pass.Cache, pass.ResultGradient);
        pass.PassGradientOn();
    }
}
