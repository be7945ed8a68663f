using System.Text.Json.Nodes;
using AiOutliers.Detection.Neural;
using AiOutliers.Detection.Neural.Layers;
using static AiOutliers.Models.Keras.Writing.KerasObjects;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>
/// A layer's class and options as Keras 2.15 writes them, in its order. What only matters before training (initialisers) gets Keras'
/// defaults.
/// </summary>
internal static class LayerConfigWriter
{
    /// <param name="layer">A layer that is built.</param>
    /// <param name="input">The shape of its first input.</param>
    /// <param name="output">The shape of its output.</param>
    public static JsonObject Write(Layer layer, Shape input, Shape output)
    {
        var config = new JsonObject { ["name"] = layer.Name, ["trainable"] = layer.Trainable, ["dtype"] = "float32" };
        foreach (var (option, value) in Options(layer, input, output))
            config[option] = value;
        return Made("keras.layers", layer.Kind, config);
    }

    private static IEnumerable<(string Option, JsonNode? Value)> Options(Layer layer, Shape input, Shape output) => layer switch
    {
        ActivationLayer => [("activation", Word(LayerOptions.Activation(layer)))],
        AddLayer => [],
        BatchNormalizationLayer normalization => BatchNormalization(normalization, input),
        BidirectionalLayer bidirectional => Bidirectional(bidirectional, input, output),
        ConcatenateLayer concatenate => [("axis", concatenate.Axis)],
        Conv1DLayer convolution => Convolution(convolution),
        DenseLayer =>
            [("units", output.Last), ("activation", Word(LayerOptions.Activation(layer))), .. Weights(layer, layer.Parameters.Count == 2)],
        DropoutLayer dropout => [("rate", dropout.Rate), ("noise_shape", null), ("seed", null)],
        FlattenLayer => [("data_format", "channels_last")],
        GaussianNoiseLayer noise => [("stddev", noise.Deviation), ("seed", null)],
        LayerNormalizationLayer normalization => LayerNormalization(normalization, input),
        LeakyReluLayer leaky => [("alpha", (double)leaky.Slope)],
        RecurrentLayer recurrent => Recurrent(recurrent),
        RepeatVectorLayer => [("n", output[0])],
        ReshapeLayer => [("target_shape", new JsonArray([.. output.Dimensions.ToArray().Select(static size => (JsonNode)size)]))],
        TimeDistributedLayer => [("layer", Write(layer.Children[0].Layer, new(input.Dimensions[1..]), new(output.Dimensions[1..])))],
        _ => throw new NotSupportedException($"{layer.Kind} cannot be written to a model file yet."),
    };

    private static IEnumerable<(string, JsonNode?)> BatchNormalization(BatchNormalizationLayer layer, Shape input) =>
    [
        ("axis", new JsonArray(input.Rank)), ("momentum", Short(layer.Momentum)), ("epsilon", Short(layer.Epsilon)), .. Affine(layer),
        ("beta_initializer", Zeros()), ("gamma_initializer", Ones()),
        ("moving_mean_initializer", Zeros()), ("moving_variance_initializer", Ones()),
        .. Penalties(layer, "beta", "gamma"),
    ];

    private static IEnumerable<(string, JsonNode?)> LayerNormalization(LayerNormalizationLayer layer, Shape input) =>
    [
        ("axis", new JsonArray(input.Rank)), ("epsilon", Short(layer.Epsilon)), .. Affine(layer),
        ("beta_initializer", Zeros()), ("gamma_initializer", Ones()), .. Penalties(layer, "beta", "gamma"),
    ];

    private static IEnumerable<(string, JsonNode?)> Affine(Layer layer) => [("center", Has(layer, "beta")), ("scale", Has(layer, "gamma"))];

    private static IEnumerable<(string, JsonNode?)> Convolution(Conv1DLayer layer)
    {
        var kernel = layer.Parameters[0].Shape;
        return
        [
            ("filters", kernel[2]), ("kernel_size", new JsonArray(kernel[0])), ("strides", new JsonArray(layer.Stride)),
            ("padding", Word(layer.Padding)), ("data_format", "channels_last"), ("dilation_rate", new JsonArray(layer.Dilation)),
            ("groups", 1), ("activation", Word(LayerOptions.Activation(layer))), .. Weights(layer, layer.Parameters.Count == 2),
        ];
    }

    private static IEnumerable<(string, JsonNode?)> Weights(Layer layer, bool bias) =>
    [
        ("use_bias", bias), ("kernel_initializer", GlorotUniform()),
        ("bias_initializer", Zeros()), .. Regularizers(layer, "kernel", "bias", "activity"),
        .. Constraints("kernel", "bias"),
    ];

    private static IEnumerable<(string, JsonNode?)> Recurrent(RecurrentLayer layer) =>
    [
        ("return_sequences", layer.ReturnSequences), ("return_state", false),
        ("go_backwards", layer.GoBackwards), ("stateful", false), ("unroll", false),
        ("time_major", false), ("units", layer.Units), ("activation", Word(LayerOptions.Activation(layer))),
        ("recurrent_activation", Word(LayerOptions.RecurrentActivation(layer))), ("use_bias", Has(layer, "bias")),
        ("kernel_initializer", GlorotUniform()), ("recurrent_initializer", Orthogonal()), ("bias_initializer", Zeros()),
        .. layer is LstmLayer ? new (string, JsonNode?)[] { ("unit_forget_bias", true) } : [],
        .. Regularizers(layer, "kernel", "recurrent", "bias", "activity"), .. Constraints("kernel", "recurrent", "bias"),
        ("dropout", JsonNode.Parse("0.0")), ("recurrent_dropout", JsonNode.Parse("0.0")), ("implementation", 2),
        .. layer is GruLayer gru ? new (string, JsonNode?)[] { ("reset_after", gru.ResetAfter) } : [],
    ];

    /// <summary>
    /// Keras makes the backward layer from the forward one; it is written only where the two differ in more than direction.
    /// </summary>
    private static IEnumerable<(string, JsonNode?)> Bidirectional(BidirectionalLayer layer, Shape input, Shape output)
    {
        var (forward, backward) = (Write(layer.Children[0].Layer, input, output), Write(layer.Children[1].Layer, input, output));
        var mirrored = forward.DeepClone();
        mirrored["config"]!["go_backwards"] = true;
        mirrored["config"]!["name"] = layer.Children[1].Layer.Name;
        return
        [
            ("layer", forward), ("merge_mode", Word(layer.Merge)),
            .. JsonNode.DeepEquals(mirrored, backward) ? [] : new (string, JsonNode?)[] { ("backward_layer", backward) },
        ];
    }

    private static IEnumerable<(string, JsonNode?)> Penalties(Layer layer, params string[] parameters) =>
        [.. Regularizers(layer, parameters), .. Constraints(parameters)];

    private static IEnumerable<(string, JsonNode?)> Regularizers(Layer layer, params string[] parameters) =>
        parameters.Select(parameter => ($"{parameter}_regularizer", (JsonNode?)Regularizer(LayerOptions.Regularizer(layer, parameter))));

    private static IEnumerable<(string, JsonNode?)> Constraints(params string[] parameters) =>
        parameters.Select(static parameter => ($"{parameter}_constraint", (JsonNode?)null));

    private static bool Has(Layer layer, string parameter) => layer.Parameters.Any(candidate => candidate.Name == parameter);
}
