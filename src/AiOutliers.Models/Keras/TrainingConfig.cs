using System.Text.Json;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras;

/// <summary>What only training looks at in a layer's configuration: whether it is frozen, and the penalties L1, L2 and L1L2.</summary>
internal static class TrainingConfig
{
    /// <summary>Keras' option and the parameter that it is about.</summary>
    private static readonly (string Option, string Parameter)[] Parameters =
    [
        ("kernel_regularizer", "kernel"), ("recurrent_regularizer", "recurrent_kernel"), ("bias_regularizer", "bias"),
        ("gamma_regularizer", "gamma"), ("beta_regularizer", "beta"),
    ];

    /// <exception cref="Detection.AiOutliersException">A penalty of another kind.</exception>
    public static void Apply(LayerConfig config, Layer layer)
    {
        layer.Trainable = config.Flag("trainable", true);
        layer.ActivityRegularizer = Read(config, "activity_regularizer");
        layer.Regularizers = Parameters
            .Select(entry => (entry.Parameter, Regularizer: Read(config, entry.Option)))
            .Where(static entry => !entry.Regularizer.IsNone)
            .ToDictionary(static entry => entry.Parameter, static entry => entry.Regularizer, StringComparer.Ordinal);
    }

    private static Regularizer Read(LayerConfig config, string option)
    {
        if (config.Optional(option) is not { } value)
            return default;
        var kind = LayerConfig.Text(value, "class_name");
        if (kind is not ("L1" or "L2" or "L1L2"))
            throw config.Unsupported($"the {option} '{kind}'");
        var options = LayerConfig.Object(value, "config");
        return new(Number(options, "l1"), Number(options, "l2"));
    }

    private static float Number(JsonElement options, string name) =>
        options.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetSingle() : 0;
}
