using AiOutliers.Detection.Neural;

namespace AiOutliers.Detection.Tests.Neural;

/// <summary>
/// A layer's gradients of L = Σ wᵢ·yᵢ with random w, and the same by differences: (8·(L(h) − L(−h)) − (L(2h) − L(−2h)))/(12·h), whose error is of the
/// fourth order, so that h can be large against the rounding of single precision.
/// </summary>
internal sealed class GradientCheck
{
    private const float H = 1f / 64;

    private readonly Layer _layer;
    private readonly LayerPass _pass;
    private readonly Tensor[] _inputs;
    private readonly float[] _weights;
    private readonly int _batch;

    public GradientCheck(Layer layer, Shape[] inputs, int batch, Random random)
    {
        // Room for one more example than there are: nothing may depend on the capacity.
        var output = layer.Build(inputs);
        (_layer, _batch) = (layer, batch);
        _inputs = [.. inputs.Select(shape => Tensor.Allocate(shape, batch + 1, gradients: true))];
        _pass = new(layer, _inputs, Tensor.Allocate(output, batch + 1, gradients: true), batch + 1);
        _weights = [.. Enumerable.Range(0, batch * output.Size).Select(_ => 2 * random.NextSingle() - 1)];
        foreach (var parameter in Parameters(layer, _pass).Select(pair => pair.Parameter))
            Fill(parameter.Values, random, positive: parameter.Name == "moving_variance");
        foreach (var input in _inputs)
            Fill(input.Batch(batch), random, positive: false);
    }

    /// <summary>The largest of |gradient − differences| / |differences| (lengths of vectors) over the inputs and parameters.</summary>
    public double WorstError()
    {
        Loss();
        _weights.CopyTo(_pass.ResultGradient);
        foreach (var input in _inputs)
            input.BatchGradient(_batch).Clear();
        _layer.Backward(_pass);
        // Copies first: the differences run more passes, which clear the parameters' gradients.
        var byParameters = Parameters(_layer, _pass).Where(pair => pair.Parameter.Trainable).Select(pair => (pair.Parameter.Values, Gradient: pair.Gradient.ToArray())).ToArray();
        var byInputs = _inputs.Select(input => input.BatchGradient(_batch).ToArray()).ToArray();
        return byParameters.Select(pair => Error(pair.Values, pair.Gradient))
            .Concat(_inputs.Zip(byInputs, (input, gradient) => Error(input.Batch(_batch), gradient)))
            .Max();
    }

    private double Error(Span<float> values, float[] gradient)
    {
        var (difference, length) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var numeric = (8 * (LossAt(ref values[i], H) - LossAt(ref values[i], -H)) - (LossAt(ref values[i], 2 * H) - LossAt(ref values[i], -2 * H))) / (12 * H);
            difference += (numeric - gradient[i]) * (numeric - gradient[i]);
            length += numeric * numeric;
        }
        // A gradient that is 0 everywhere, as that of inputs whose examples are all alike, is compared with the size of the weights.
        return Math.Sqrt(difference) / Math.Max(Math.Sqrt(length), 1e-2);
    }

    private double LossAt(ref float value, float step)
    {
        var before = value;
        value += step;
        var loss = Loss();
        value = before;
        return loss;
    }

    private double Loss()
    {
        _pass.Train(_batch, randomKey: 7);
        _layer.Forward(_pass);
        var loss = 0.0;
        for (var i = 0; i < _weights.Length; i++)
            loss += (double)_weights[i] * _pass.Result[i];
        return loss;
    }

    private static IEnumerable<(Parameter Parameter, float[] Gradient)> Parameters(Layer layer, LayerPass pass) =>
        layer.Parameters.Zip(pass.Gradients).Concat(layer.Children.Zip(pass.Inner).SelectMany(pair => Parameters(pair.First.Layer, pair.Second)));

    /// <summary>From −1 to 1, but none within 0.1 of the kinks at 0.</summary>
    private static void Fill(Span<float> values, Random random, bool positive)
    {
        foreach (ref var value in values)
            value = (0.1f + 0.9f * random.NextSingle()) * (positive || random.Next(2) == 0 ? 1 : -1);
    }
}
