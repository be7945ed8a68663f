using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>An activation function as a layer of its own.</summary>
public sealed class ActivationLayer(string name, ActivationFunction activation) : Layer(name)
{
    public override string Kind => "Activation";

    public override Shape Build(IReadOnlyList<Shape> inputs) => Single(inputs);

    public override void Forward(LayerPass pass)
    {
        pass.Input.CopyTo(pass.Result);
        Activations.Apply(activation, pass.Result, pass.Output.Shape.Last);
    }
}
