using System.Runtime.InteropServices;
using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// y = γ·(x − mean)/√(variance + ε) + β for each value of the last axis (Ioffe, Szegedy 2015). Outside training mean and variance
/// are the moving ones; they are parameters without a gradient. A frozen layer uses them in training too, as in Keras.
/// The cache holds, once for all examples: γ/√(variance + ε), β − mean·that, mean, variance, 1/√(variance + ε), and two sums in
/// double precision.
/// </summary>
public sealed class BatchNormalizationLayer(
    string name, int axis = -1, float epsilon = 1e-3f, bool center = true, bool scale = true, float momentum = 0.99f) : Layer(name)
{
    public override string Kind => "BatchNormalization";

    public float Epsilon => epsilon;

    /// <summary>How much of the old moving statistics stays in a training step.</summary>
    public float Momentum => momentum;

    public override bool CouplesExamples => Trainable;

    public override Shape Build(IReadOnlyList<Shape> inputs)
    {
        var input = Single(inputs);
        CheckLastAxis(axis, input);
        var shape = new Shape(input.Last);
        var parameters = new List<Parameter>(4);
        if (scale)
            parameters.Add(new("gamma", shape));
        if (center)
            parameters.Add(new("beta", shape));
        parameters.Add(new("moving_mean", shape, trainable: false));
        parameters.Add(new("moving_variance", shape, trainable: false));
        Parameters = parameters;
        CachePerExample = 9 * input.Last;
        return input;
    }

    public override void Forward(LayerPass pass)
    {
        var features = pass.Output.Shape.Last;
        Span<float> factor = Part(pass, 0), offset = Part(pass, 1), mean = Part(pass, 2), variance = Part(pass, 3), inverse = Part(pass, 4);
        if (UsesBatch(pass))
        {
            BatchMoments.Of(pass.Input, Sums(pass, 0), mean, variance);
        }
        else
        {
            Parameters[^2].Values.CopyTo(mean);
            Parameters[^1].Values.CopyTo(variance);
        }
        for (var f = 0; f < features; f++)
        {
            inverse[f] = 1 / MathF.Sqrt(variance[f] + epsilon);
            factor[f] = (scale ? Parameters[0].Values[f] : 1) * inverse[f];
            offset[f] = (center ? Parameters[scale ? 1 : 0].Values[f] : 0) - mean[f] * factor[f];
        }
        Normalization.Affine(pass.Input, factor, offset, pass.Result);
    }

    /// <summary>
    /// With dy by the output: dβ = Σ dy, dγ = Σ dy·x̂, dx = γ/√(variance + ε)·(dy − (dβ + x̂·dγ)/n); with moving
    /// statistics the last term is missing.
    /// </summary>
    public override void Backward(LayerPass pass)
    {
        var features = pass.Output.Shape.Last;
        Span<float> factor = Part(pass, 0), mean = Part(pass, 2), inverse = Part(pass, 4);
        Span<double> sums = Sums(pass, 0), products = Sums(pass, 1);
        var input = pass.Input;
        Span<float> gradient = pass.ResultGradient, inputGradient = pass.InputGradient;
        BatchMoments.GradientSums(input, gradient, mean, inverse, sums, products);
        for (var f = 0; f < features; f++)
        {
            if (scale)
                pass.Gradients[0][f] += (float)products[f];
            if (center)
                pass.Gradients[scale ? 1 : 0][f] += (float)sums[f];
        }
        var share = UsesBatch(pass) ? (float)features / input.Length : 0;
        for (var start = 0; start < input.Length; start += features)
        {
            for (var f = 0; f < features; f++)
            {
                var normal = (input[start + f] - mean[f]) * inverse[f];
                inputGradient[start + f] += factor[f] * (gradient[start + f] - share * ((float)sums[f] + normal * (float)products[f]));
            }
        }
    }

    /// <summary>moving = momentum·moving + (1 − momentum)·batch, the variance over n, as Keras does for sequences.</summary>
    public override void UpdateStatistics(LayerPass pass)
    {
        if (!UsesBatch(pass))
            return;
        Move(Part(pass, 2), Parameters[^2].Values);
        Move(Part(pass, 3), Parameters[^1].Values);
    }

    private void Move(ReadOnlySpan<float> batch, Span<float> moving)
    {
        for (var f = 0; f < moving.Length; f++)
            moving[f] -= (moving[f] - batch[f]) * (1 - momentum);
    }

    private bool UsesBatch(LayerPass pass) => pass.Training && Trainable;

    private static Span<float> Part(LayerPass pass, int part) => pass.Cache.AsSpan(part * pass.Output.Shape.Last, pass.Output.Shape.Last);

    private static Span<double> Sums(LayerPass pass, int part) =>
        MemoryMarshal.Cast<float, double>(pass.Cache.AsSpan((5 + 2 * part) * pass.Output.Shape.Last, 2 * pass.Output.Shape.Last));
}
