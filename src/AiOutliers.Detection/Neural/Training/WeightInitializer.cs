using AiOutliers.Detection.Neural.Layers;

namespace AiOutliers.Detection.Neural.Training;

/// <summary>
/// Weights for a network from scratch, as Keras' layers have them by default: kernels uniform in ±√(6/(in + out)) (Glorot, Bengio 2010),
/// recurrent kernels orthogonal (Saxe et al. 2014), biases 0 but 1 for the forget gate of an LSTM (Jozefowicz et al. 2015), scales and
/// variances 1.
/// </summary>
public static class WeightInitializer
{
    /// <param name="network">Its weights are overwritten.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static void Apply(Network network, ulong seed)
    {
        var key = RandomStream.Key(seed, 0);
        foreach (var node in network.Nodes)
            Apply(node.Layer, ref key);
    }

    private static void Apply(Layer layer, ref ulong key)
    {
        foreach (var parameter in layer.Parameters)
        {
            key = RandomStream.Key(key, 1);
            Fill(layer, parameter, new RandomStream(key));
        }
        foreach (var (_, child) in layer.Children)
            Apply(child, ref key);
    }

    private static void Fill(Layer layer, Parameter parameter, RandomStream random)
    {
        switch (parameter.Name)
        {
            case "kernel":
                Glorot(parameter, random);
                break;
            case "recurrent_kernel":
                Orthogonal(parameter, random);
                break;
            case "gamma" or "moving_variance":
                parameter.Values.AsSpan().Fill(1);
                break;
            default:
                parameter.Values.AsSpan().Clear();
                if (layer is LstmLayer { Units: var units })
                    parameter.Values.AsSpan(units, units).Fill(1);
                break;
        }
    }

    private static void Glorot(Parameter parameter, RandomStream random)
    {
        var shape = parameter.Shape;
        // (…, in, out): what comes before is the reach of a convolution.
        var reach = shape.Size / (shape[shape.Rank - 2] * shape.Last);
        var limit = Math.Sqrt(6.0 / (reach * (shape[shape.Rank - 2] + shape.Last)));
        foreach (ref var value in parameter.Values.AsSpan())
            value = (float)((2 * random.NextDouble() - 1) * limit);
    }

    /// <summary>
    /// Rows of normally distributed numbers, each made orthogonal to those before it and of length 1 (Gram, Schmidt; twice, which keeps the
    /// rounding errors small): what the QR decomposition gives with a positive diagonal.
    /// </summary>
    private static void Orthogonal(Parameter parameter, RandomStream random)
    {
        var (rows, columns) = (parameter.Shape[0], parameter.Shape.Last);
        var matrix = new double[rows * columns];
        for (var i = 0; i < matrix.Length; i++)
            matrix[i] = random.NextNormals().First;
        for (var row = 0; row < rows; row++)
        {
            var current = matrix.AsSpan(row * columns, columns);
            for (var before = 0; before < 2 * row; before++)
            {
                ReadOnlySpan<double> other = matrix.AsSpan(before % row * columns, columns);
                var share = Dot(current, other);
                for (var i = 0; i < columns; i++)
                    current[i] -= share * other[i];
            }
            var length = Math.Sqrt(Dot(current, current));
            foreach (ref var value in current)
                value /= length;
        }
        for (var i = 0; i < matrix.Length; i++)
            parameter.Values[i] = (float)matrix[i];
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
