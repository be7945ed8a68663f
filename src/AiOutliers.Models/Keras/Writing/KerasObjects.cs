using System.Globalization;
using System.Text.Json.Nodes;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>Small things that both layouts write in the same way.</summary>
internal static class KerasObjects
{
    public static JsonObject Zeros() => Made("keras.initializers", "Zeros", []);

    public static JsonObject Ones() => Made("keras.initializers", "Ones", []);

    public static JsonObject GlorotUniform() => Made("keras.initializers", "GlorotUniform", new() { ["seed"] = null });

    public static JsonObject Orthogonal() =>
        Made("keras.initializers", "Orthogonal", new() { ["gain"] = JsonNode.Parse("1.0"), ["seed"] = null });

    /// <summary>A penalty of L1·Σ|x| + L2·Σx²; null for none.</summary>
    public static JsonObject? Regularizer(Regularizer penalty) => penalty switch
    {
        (0, 0) => null,
        (0, var l2) => Made("keras.regularizers", "L2", new() { ["l2"] = (double)l2 }),
        (var l1, 0) => Made("keras.regularizers", "L1", new() { ["l1"] = (double)l1 }),
        var (l1, l2) => Made("keras.regularizers", "L1L2", new() { ["l1"] = (double)l1, ["l2"] = (double)l2 }),
    };

    public static JsonObject Made(string module, string className, JsonObject config) =>
        new() { ["module"] = module, ["class_name"] = className, ["config"] = config, ["registered_name"] = null };

    /// <summary>The shape of a batch of any size.</summary>
    public static JsonArray BatchShape(Shape example) => [null, .. example.Dimensions.ToArray().Select(static size => (JsonNode)size)];

    /// <summary>What is built for inputs: one shape, or a list where there are several.</summary>
    public static JsonObject BuildConfig(IReadOnlyList<Shape> inputs) =>
        new()
        {
            ["input_shape"] = inputs.Count == 1
                ? BatchShape(inputs[0])
                : new JsonArray([.. inputs.Select(static shape => (JsonNode)BatchShape(shape))]),
        };

    /// <summary>A single-precision option as a person would write it: 0.001, not 0.0010000000474974513.</summary>
    public static JsonNode Short(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
