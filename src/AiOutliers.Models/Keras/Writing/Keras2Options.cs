namespace AiOutliers.Models.Keras.Writing;

/// <summary>The options that Keras 2.15 knows of the layers that there are here.</summary>
internal static class Keras2Options
{
    private static readonly string[] Everywhere = ["name", "trainable", "dtype", "activity_regularizer"];

    private static readonly string[] Weights =
    [
        "activation", "use_bias", "kernel_initializer", "bias_initializer",
        "kernel_regularizer", "bias_regularizer", "kernel_constraint", "bias_constraint",
    ];

    private static readonly string[] Recurrent =
    [
        .. Weights, "units", "return_sequences", "return_state", "go_backwards",
        "stateful", "unroll", "recurrent_activation", "recurrent_initializer",
        "recurrent_regularizer", "recurrent_constraint", "dropout", "recurrent_dropout",
    ];

    private static readonly string[] Normalization =
    [
        "axis", "epsilon", "center", "scale", "beta_initializer", "gamma_initializer",
        "beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint",
    ];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["Activation"] = ["activation"],
        ["Add"] = [],
        ["BatchNormalization"] = [.. Normalization, "momentum", "moving_mean_initializer", "moving_variance_initializer"],
        ["Bidirectional"] = ["layer", "merge_mode", "backward_layer"],
        ["Concatenate"] = ["axis"],
        ["Conv1D"] = [.. Weights, "filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "groups"],
        ["Dense"] = [.. Weights, "units"],
        ["Dropout"] = ["rate", "noise_shape", "seed"],
        ["Flatten"] = ["data_format"],
        ["GRU"] = [.. Recurrent, "reset_after"],
        ["GaussianNoise"] = ["stddev", "seed"],
        ["InputLayer"] = ["batch_input_shape", "sparse", "ragged"],
        ["LSTM"] = [.. Recurrent, "unit_forget_bias"],
        ["LayerNormalization"] = Normalization,
        ["LeakyReLU"] = ["alpha"],
        ["RepeatVector"] = ["n"],
        ["Reshape"] = ["target_shape"],
        ["TimeDistributed"] = ["layer"],
    };

    public static IEnumerable<string> Of(string className) => [.. Everywhere, .. Known[className]];
}
