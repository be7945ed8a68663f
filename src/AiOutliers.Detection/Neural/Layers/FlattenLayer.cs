namespace AiOutliers.Detection.Neural.Layers;

/// <summary>All values of an example in one row.</summary>
public sealed class FlattenLayer(string name) : Layer(name)
{
    public override string Kind => "Flatten";

    public override Shape Build(IReadOnlyList<Shape> inputs) => new(Single(inputs).Size);

    public override void Forward(LayerPass pass) => pass.Input.CopyTo(pass.Result);

    public override void Backward(LayerPass pass) => pass.PassGradientOn();
}
