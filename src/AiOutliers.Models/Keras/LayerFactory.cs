using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;

namespace AiOutliers.Models.Keras;

/// <summary>Turns a layer's configuration into the layer.</summary>
internal static class LayerFactory
{
    /// <exception cref="Detection.AiOutliersException">The class or one of its options is not supported; the message names it.</exception>
    public static Layer Create(LayerConfig config)
    {
        var layer = Choose(config);
        TrainingConfig.Apply(config, layer);
        config.Finish();
        return layer;
    }

    private static Layer Choose(LayerConfig config) => config.Class switch
    {
        "Activation" => new ActivationLayer(config.Name, config.Activation("activation", "linear")),
        "Add" => new AddLayer(config.Name),
        "BatchNormalization" => BatchNormalization(config),
        "Bidirectional" => Bidirectional(config),
        "Concatenate" => new ConcatenateLayer(config.Name, config.Integer("axis")),
        "Conv1D" => Convolution(config),
        "Dense" => new DenseLayer(
            config.Name, config.Integer("units"), config.Activation("activation", "linear"), config.Flag("use_bias", true)),
        "Dropout" => new DropoutLayer(config.Name, config.Number("rate", 0)),
        "Flatten" => ChannelsLast(config, new FlattenLayer(config.Name)),
        "GaussianNoise" => new GaussianNoiseLayer(config.Name, config.Number("stddev", 0)),
        "GRU" or "LSTM" => Recurrent(config, config.Flag("go_backwards", false)),
        "LayerNormalization" => LayerNormalization(config),
        "LeakyReLU" => new LeakyReluLayer(
            config.Name, (float)config.Number(config.Optional("negative_slope") is null ? "alpha" : "negative_slope", 0.3)),
        "RepeatVector" => new RepeatVectorLayer(config.Name, config.Integer("n")),
        "Reshape" => new ReshapeLayer(config.Name, config.Integers("target_shape")),
        "TimeDistributed" => new TimeDistributedLayer(config.Name, Create(config.Inner("layer"))),
        _ => throw config.Unsupported("the class"),
    };

    private static BatchNormalizationLayer BatchNormalization(LayerConfig config) => new(
        config.Name, Axis(config), (float)config.Number("epsilon", 1e-3), config.Flag("center", true),
        config.Flag("scale", true), (float)config.Number("momentum", 0.99));

    private static LayerNormalizationLayer LayerNormalization(LayerConfig config) => new(
        config.Name, Axis(config), (float)config.Number("epsilon", 1e-3), config.Flag("center", true), config.Flag("scale", true));

    private static int Axis(LayerConfig config) =>
        config.Integers("axis") is [var axis] ? axis : throw config.Unsupported("more than one axis");

    private static Conv1DLayer Convolution(LayerConfig config)
    {
        if (config.Number("groups", 1) != 1)
            throw config.Unsupported("more than one group");
        var padding = config.Word("padding", "valid") switch
        {
            "valid" => ConvolutionPadding.Valid,
            "same" => ConvolutionPadding.Same,
            "causal" => ConvolutionPadding.Causal,
            var other => throw config.Unsupported($"the padding '{other}'"),
        };
        return ChannelsLast(config, new Conv1DLayer(config.Name, config.Integer("filters"), config.Integers("kernel_size")[0], padding,
            config.Integers("strides")[0], config.Integers("dilation_rate")[0],
            config.Activation("activation", "linear"), config.Flag("use_bias", true)));
    }

    private static RecurrentLayer Recurrent(LayerConfig config, bool goBackwards)
    {
        config.Optional("go_backwards");
        var (units, sequences, bias) = (config.Integer("units"), config.Flag("return_sequences", false), config.Flag("use_bias", true));
        var (activation, recurrent) = (config.Activation("activation", "tanh"), config.Activation("recurrent_activation", "sigmoid"));
        return config.Class switch
        {
            "LSTM" => new LstmLayer(config.Name, units, sequences, goBackwards, bias, activation, recurrent),
            "GRU" => new GruLayer(
                config.Name, units, sequences, goBackwards, bias, config.Flag("reset_after", true), activation, recurrent),
            _ => throw config.Unsupported("being wrapped"),
        };
    }

    private static BidirectionalLayer Bidirectional(LayerConfig config)
    {
        var inner = config.Inner("layer");
        var merge = Enum.TryParse<MergeMode>(config.Word("merge_mode", "concat"), ignoreCase: true, out var mode)
            ? mode
            : throw config.Unsupported($"the merge mode '{config.Word("merge_mode", "")}'");
        var (forward, backward) = (
            Recurrent(inner, goBackwards: false),
            Recurrent(config.Optional("backward_layer") is null ? inner : config.Inner("backward_layer"), goBackwards: true));
        TrainingConfig.Apply(inner, forward);
        TrainingConfig.Apply(inner, backward);
        inner.Finish();
        return new(config.Name, forward, backward, merge);
    }

    private static TLayer ChannelsLast<TLayer>(LayerConfig config, TLayer layer)
        where TLayer : Layer =>
            config.Word("data_format", "channels_last") == "channels_last"
                ? layer
                : throw config.Unsupported("the data format channels_first");
}
