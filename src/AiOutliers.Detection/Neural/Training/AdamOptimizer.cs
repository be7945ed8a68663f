using System.Numerics.Tensors;
using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Neural.Training;

/// <summary>Adam and AdamW in Keras' order of operations: clip, decay, then the step.</summary>
internal sealed class AdamOptimizer
{
    private readonly AdamOptions _options;
    private readonly ParameterGradient[] _gradients;
    private readonly float[][] _means;
    private readonly float[][] _squares;
    private int _steps;

    public AdamOptimizer(AdamOptions options, ParameterGradient[] gradients)
    {
        (_options, _gradients) = (options, gradients);
        _means = [.. gradients.Select(static gradient => new float[gradient.Values.Length])];
        _squares = [.. gradients.Select(static gradient => new float[gradient.Values.Length])];
    }

    /// <summary>Moves all parameters by their gradients, which may be scaled.</summary>
    public void Step(double learningRate)
    {
        _steps++;
        Clip();
        var bias = Math.Sqrt(1 - Math.Pow(_options.Beta2, _steps)) / (1 - Math.Pow(_options.Beta1, _steps));
        var rate = (float)(learningRate * bias);
        var kept = (float)(1 - _options.WeightDecay * learningRate);
        for (var i = 0; i < _means.Length; i++)
        {
            AdamStep.Apply(_gradients[i].Parameter.Values, _gradients[i].Values, _means[i], _squares[i],
                rate, kept, (float)(1 - _options.Beta1), (float)(1 - _options.Beta2), (float)_options.Epsilon);
        }
    }

    private void Clip()
    {
        if (_options.ClipNorm is not { } most)
            return;
        var square = 0.0;
        foreach (var gradient in _gradients)
            square += TensorPrimitives.SumOfSquares<float>(gradient.Values);
        var norm = Math.Sqrt(square);
        if (!(norm > most))
            return;
        foreach (var gradient in _gradients)
            TensorPrimitives.Multiply(gradient.Values, (float)(most / norm), gradient.Values);
    }
}
