namespace AiOutliers.Detection.Neural.Layers;

/// <summary>In training sets a share of the values to zero and scales the rest up; otherwise the identity (Srivastava et al. 2014).</summary>
public sealed class DropoutLayer(string name, double rate) : Layer(name)
{
    public override string Kind => "Dropout";

    /// <summary>The share of values set to zero in training.</summary>
    public double Rate => rate;

    public override Shape Build(IReadOnlyList<Shape> inputs) => Single(inputs);

    public override void Forward(LayerPass pass) => pass.Input.CopyTo(pass.Result);
}
