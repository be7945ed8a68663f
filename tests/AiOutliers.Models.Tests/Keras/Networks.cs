using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;
using static AiOutliers.Detection.Neural.ActivationFunction;

namespace AiOutliers.Models.Tests.Keras;

/// <summary>Networks of our own, with random weights.</summary>
internal static class Networks
{
    /// <summary>The traffic family, as the golden files have it.</summary>
    public static Network Traffic(int seed)
    {
        var builder = new NetworkBuilder(new(32, 20));
        var at = builder.Add(new BatchNormalizationLayer("norm_in"), NetworkBuilder.Input);
        at = builder.Add(new DenseLayer("start", 24, Gelu), at);
        at = builder.Add(new DropoutLayer("drop_in", 0.15), at);
        at = builder.Add(new DenseLayer("enc_dense", 24, Gelu), at);
        at = builder.Add(new LayerNormalizationLayer("enc_norm"), at);
        at = builder.Add(new LstmLayer("enc", 24), at);
        at = builder.Add(new LayerNormalizationLayer("dec_norm"), at);
        at = builder.Add(new GaussianNoiseLayer("noise", 0.05), at);
        at = builder.Add(new RepeatVectorLayer("repeat", 32), at);
        at = builder.Add(new LstmLayer("dec", 24, returnSequences: true), at);
        var decoded = builder.Add(new DenseLayer("dec_dense", 24, Gelu), at);
        // Not in Keras' order: it is the writer's business to find that.
        var granularity = builder.Add(new DenseLayer("granularity", 1, Sigmoid), decoded);
        var minute = builder.Add(new DenseLayer("minute", 1, Sigmoid), decoded);
        var weekday = builder.Add(new DenseLayer("weekday", 7, Softmax), decoded);
        at = builder.Add(new DropoutLayer("drop_out", 0.15), decoded);
        at = builder.Add(new ConcatenateLayer("pre_metric"), at, minute, weekday, granularity);
        var metrics = builder.Add(new DenseLayer("metrics", 11, Sigmoid), at);
        builder.Add(new ConcatenateLayer("end"), metrics, granularity, minute, weekday);
        return Fill(builder.Build(), seed);
    }

    /// <summary>Every layer that there is but Conv1D, none with the options that it has by default.</summary>
    public static Network EveryLayer(int seed, bool convolution)
    {
        var builder = new NetworkBuilder(new(12, 4));
        var at = builder.Add(
            new GruLayer("gru", 5, returnSequences: true, useBias: false, resetAfter: false, activation: Relu, recurrentActivation: Tanh), NetworkBuilder.Input);
        at = builder.Add(new BidirectionalLayer("sum", new LstmLayer("both", 3, returnSequences: true),
            new LstmLayer("both", 3, returnSequences: true, goBackwards: true), MergeMode.Sum), at);
        at = builder.Add(new BidirectionalLayer("uneven", new GruLayer("there", 3, returnSequences: true),
            new GruLayer("back", 3, returnSequences: true, goBackwards: true, activation: Elu)), at);
        at = builder.Add(new LeakyReluLayer("leaky", 0.2f), at);
        at = builder.Add(new TimeDistributedLayer("each", new DenseLayer("inner", 4, Selu, useBias: false)), at);
        var left = builder.Add(new AddLayer("add"), at, NetworkBuilder.Input);
        // Two branches of the same shapes, built in the order opposite to Keras'.
        var late = builder.Add(new DenseLayer("late", 4, Relu), left);
        var early = builder.Add(new DenseLayer("early", 4, Linear), left);
        at = builder.Add(new ConcatenateLayer("along", axis: 1), early, late);
        at = builder.Add(new BatchNormalizationLayer("batch_norm", epsilon: 1e-4f, center: false, momentum: 0.9f), at);
        at = builder.Add(new LayerNormalizationLayer("layer_norm", epsilon: 1e-5f, scale: false), at);
        if (convolution)
            at = builder.Add(new Conv1DLayer("conv", 4, 3, ConvolutionPadding.Causal, dilation: 2, activation: Gelu), at);
        at = builder.Add(new LstmLayer("reverse", 2, returnSequences: true, goBackwards: true, useBias: false, activation: Sigmoid, recurrentActivation: Tanh), at);
        at = builder.Add(new ActivationLayer("act", Softmax), at);
        at = builder.Add(new FlattenLayer("flat"), at);
        at = builder.Add(new DropoutLayer("drop", 0.25), at);
        at = builder.Add(new GaussianNoiseLayer("noise", 0.1), at);
        builder.Add(new ReshapeLayer("reshape", [12, 4]), at);
        return Fill(builder.Build(), seed);
    }

    public static float[] Examples(Network network, int count, int seed)
    {
        var random = new Random(seed);
        var examples = new float[count * network.Input.Size];
        foreach (ref var value in examples.AsSpan())
            value = random.NextSingle();
        return examples;
    }

    public static float[] Predict(Network network, float[] examples)
    {
        var result = new float[examples.Length / network.Input.Size * network.Output.Size];
        network.Predict(examples, result);
        return result;
    }

    public static IEnumerable<(string Layer, Parameter Parameter)> Parameters(Network network) => network.Nodes.SelectMany(static node => All(node.Layer));

    public static Network Fill(Network network, int seed)
    {
        var random = new Random(seed);
        foreach (var (_, parameter) in Parameters(network))
        {
            foreach (ref var value in parameter.Values.AsSpan())
                value = parameter.Name == "moving_variance" ? 0.5f + random.NextSingle() : random.NextSingle() - 0.5f;
        }
        return network;
    }

    private static IEnumerable<(string, Parameter)> All(Layer layer) =>
        layer.Parameters.Select(parameter => (layer.Name, parameter)).Concat(layer.Children.SelectMany(static child => All(child.Layer)));
}
