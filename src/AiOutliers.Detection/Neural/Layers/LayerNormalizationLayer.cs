using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// y = γ·(x − mean)/√(variance + ε) + β with mean and variance of each row of the last axis (Ba, Kiros, Hinton 2016).
/// </summary>
public sealed class LayerNormalizationLayer(
    string name, int axis = -1, float epsilon = 1e-3f, bool center = true, bool scale = true) : Layer(name)
{
    private float[] _ones = [];
    private float[] _zeros = [];

    public override string Kind => "LayerNormalization";

    public float Epsilon => epsilon;

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        CheckLastAxis(axis, input);
        var shape = new Shape(input.Last);
        _ones = [.. Enumerable.Repeat(1f, input.Last)];
        _zeros = new float[input.Last];
        // Mean and 1/√(variance + ε) of every row.
        CachePerExample = 2 * (input.Size / input.Last);
        Parameters = [.. scale ? new[] { new Parameter("gamma", shape) } : [], .. center ? new[] { new Parameter("beta", shape) } : []];
        return input;
    }

    /// <summary>Where gradients by parameters go that the layer does not have.</summary>
    public override int BackwardScratch(int examples) => _ones.Length;

    public override void Forward(LayerPass pass)
    {
        var features = pass.Output.Shape.Last;
        var gamma = scale ? Parameters[0].Values : _ones;
        var beta = center ? Parameters[scale ? 1 : 0].Values : _zeros;
        for (int start = 0, row = 0; start < pass.Result.Length; start += features, row++)
        {
            var input = pass.Input.Slice(start, features);
            var (mean, variance) = Normalization.Moments(input);
            var inverse = 1 / MathF.Sqrt(variance + epsilon);
            Normalization.AffineRow(input, mean, inverse, gamma, beta, pass.Result.Slice(start, features));
            (pass.Cache[2 * row], pass.Cache[2 * row + 1]) = (mean, inverse);
        }
    }

    public override void Backward(LayerPass pass)
    {
        var features = pass.Output.Shape.Last;
        var gamma = scale ? Parameters[0].Values : _ones;
        var gammaGradient = scale ? pass.Gradients[0] : pass.Scratch;
        var betaGradient = center ? pass.Gradients[^1] : pass.Scratch;
        for (int start = 0, row = 0; start < pass.Result.Length; start += features, row++)
        {
            NormalizationGradient.Row(pass.Input.Slice(start, features), pass.Cache[2 * row], pass.Cache[2 * row + 1], gamma,
                pass.ResultGradient.Slice(start, features), pass.InputGradient.Slice(start, features), gammaGradient, betaGradient);
        }
    }
}
