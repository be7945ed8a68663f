namespace AiOutliers.Detection.Neural.Layers;

/// <summary>In training adds normally distributed noise; otherwise the identity.</summary>
public sealed class GaussianNoiseLayer(string name, double deviation) : Layer(name)
{
    public override string Kind => "GaussianNoise";

    /// <summary>The noise's standard deviation.</summary>
    public double Deviation => deviation;

    public override Shape Build(IReadOnlyList<Shape> inputs) => Single(inputs);

    public override void Forward(LayerPass pass)
    {
        pass.Input.CopyTo(pass.Result);
        if (!pass.Training || deviation == 0)
            return;
        var random = new RandomStream(pass.RandomKey);
        var result = pass.Result;
        for (var i = 0; i < result.Length; i += 2)
        {
            var (first, second) = random.NextNormals();
            result[i] += (float)(deviation * first);
            if (i + 1 < result.Length)
                result[i + 1] += (float)(deviation * second);
        }
    }

    public override void Backward(LayerPass pass) => pass.PassGradientOn();
}
