namespace AiOutliers.Detection.Neural.Layers;

/// <summary>In training adds normally distributed noise; otherwise the identity.</summary>
public sealed class GaussianNoiseLayer(string name, double deviation) : Layer(name)
{
    public override string Kind => "GaussianNoise";

    /// <summary>The noise's standard deviation.</summary>
    public double Deviation => deviation;

    public override Shape Build(IReadOnlyList<Shape> inputs) => Single(inputs);

    public override void Forward(LayerPass pass) => pass.Input.CopyTo(pass.Result);
}
