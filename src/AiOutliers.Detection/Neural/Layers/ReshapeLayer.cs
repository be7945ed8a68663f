namespace AiOutliers.Detection.Neural.Layers;

/// <summary>The same values in another shape; one dimension of the target may be −1 and is then worked out.</summary>
public sealed class ReshapeLayer(string name, int[] target) : Layer(name)
{
    public override string Kind => "Reshape";

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        var open = Array.IndexOf(target, -1);
        var known = target.Where(static size => size > 0).Aggregate(1L, static (product, size) => Math.Min(product * size, int.MaxValue));
        var filled = target.ToArray();
        if (open >= 0)
            filled[open] = (int)(input.Size / known);
        return filled.Aggregate(1L, static (product, size) => Math.Clamp(product * size, 0, int.MaxValue)) == input.Size
            && filled.Length > 0
            ? new(filled)
            : throw Wrong($"cannot turn {input} into ({string.Join(", ", target)})");
    }

    public override void Forward(LayerPass pass) => pass.Input.CopyTo(pass.Result);

    public override void Backward(LayerPass pass) => pass.PassGradientOn();
}
