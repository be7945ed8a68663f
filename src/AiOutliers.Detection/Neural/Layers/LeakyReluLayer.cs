namespace AiOutliers.Detection.Neural.Layers;

/// <summary>x for x ≥ 0, else slope·x.</summary>
public sealed class LeakyReluLayer(string name, float slope) : Layer(name)
{
    public override string Kind => "LeakyReLU";

    public float Slope => slope;

    public override Shape Build(IReadOnlyList<Shape> inputs) => Single(inputs);

    public override void Forward(LayerPass pass)
    {
        var input = pass.Input;
        var result = pass.Result;
        for (var i = 0; i < input.Length; i++)
            result[i] = input[i] >= 0 ? input[i] : slope * input[i];
    }

    public override void Backward(LayerPass pass)
    {
        var input = pass.Input;
        Span<float> gradient = pass.ResultGradient, inputGradient = pass.InputGradient;
        for (var i = 0; i < input.Length; i++)
            inputGradient[i] += input[i] >= 0 ? gradient[i] : slope * gradient[i];
    }
}
