using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Layers;

/// <summary>
/// y = γ·(x − mean)/√(variance + ε) + β for each value of the last axis (Ioffe, Szegedy 2015). Outside training mean and variance are the moving
/// ones; they are parameters without a gradient.
/// </summary>
public sealed class BatchNormalizationLayer(string name, int axis = -1, float epsilon = 1e-3f, bool center = true, bool scale = true, float momentum = 0.99f) : Layer(name)
{
    public override string Kind => "BatchNormalization";

    /// <summary>How much of the old moving statistics stays in a training step.</summary>
    public float Momentum => momentum;

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
        CachePerExample = 2 * input.Last;
        return input;
    }

    public override void Forward(LayerPass pass)
    {
        var (mean, variance) = (Parameters[^2].Values, Parameters[^1].Values);
        // The same for all examples: room for it is at the start of the cache.
        var factor = pass.Cache.AsSpan(0, mean.Length);
        var offset = pass.Cache.AsSpan(mean.Length, mean.Length);
        for (var f = 0; f < mean.Length; f++)
        {
            factor[f] = (scale ? Parameters[0].Values[f] : 1) / MathF.Sqrt(variance[f] + epsilon);
            offset[f] = (center ? Parameters[scale ? 1 : 0].Values[f] : 0) - mean[f] * factor[f];
        }
        Normalization.Affine(pass.Input, factor, offset, pass.Result);
    }
}
