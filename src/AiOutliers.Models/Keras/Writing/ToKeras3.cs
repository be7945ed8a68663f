using System.Text.Json.Nodes;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>
/// A configuration of Keras 2.15 as Keras 3 reads it: other module paths, batch_shape, dtype policies, connections as tensors with a
/// history; options that are gone (time_major, implementation) left out, alpha called negative_slope. How the model was compiled is not
/// carried over.
/// </summary>
internal static class ToKeras3
{
    /// <param name="model">The configuration; it is taken apart.</param>
    /// <param name="network">The same network, for the shapes.</param>
    public static JsonObject Translate(JsonObject model, Network network)
    {
        var config = model["config"]!.AsObject();
        var layers = config["layers"]!.AsArray();
        var sequential = (string?)model["class_name"] == "Sequential";
        if (sequential)
            StartWithInputLayer(layers);
        foreach (var layer in layers)
            Layer(layer!.AsObject());
        if (!sequential)
            Connect(config, layers, network);
        model["module"] = sequential ? "keras" : "keras.src.models.functional";
        if (!sequential)
            (model["class_name"], model["registered_name"]) = ("Functional", "Functional");
        model["compile_config"] = new JsonObject();
        return model;
    }

    /// <summary>Keras 2 could note the input's shape in the first layer instead.</summary>
    private static void StartWithInputLayer(JsonArray layers)
    {
        var first = layers[0]!.AsObject();
        if ((string?)first["class_name"] == "InputLayer" || first["config"]!["batch_input_shape"] is not { } shape)
            return;
        var input = KerasObjects.Made(
            "keras.layers", "InputLayer",
            new() { ["batch_input_shape"] = shape.DeepClone(), ["dtype"] = "float32", ["name"] = "input_layer" });
        layers.Insert(0, input);
    }

    private static void Layer(JsonObject layer)
    {
        var config = layer["config"]!.AsObject();
        if (config.Remove("batch_input_shape", out var shape) && (string?)layer["class_name"] == "InputLayer")
            config["batch_shape"] = shape;
        else
            config["dtype"] = Policy(config["dtype"]);
        config.Remove("time_major");
        config.Remove("implementation");
        if (config.Remove("alpha", out var slope))
            config["negative_slope"] = slope;
        // A list in Keras 2, where only one axis can be; Keras 3 counts with the number itself.
        if ((string?)layer["class_name"] == "BatchNormalization" && config["axis"] is JsonArray { Count: 1 } axis)
            config["axis"] = axis[0]!.DeepClone();
        foreach (var wrapped in new[] { "layer", "backward_layer" })
        {
            if (config[wrapped] is JsonObject inner)
                Layer(inner);
        }
    }

    private static JsonObject Policy(JsonNode? dtype)
    {
        var name = dtype is JsonObject policy ? policy["config"]!["name"]!.DeepClone() : dtype?.DeepClone() ?? "float32";
        return KerasObjects.Made("keras", "DTypePolicy", new() { ["name"] = name });
    }

    private static void Connect(JsonObject config, JsonArray layers, Network network)
    {
        var shapes = network.Nodes.ToDictionary(static node => node.Layer.Name, static node => node.Output, StringComparer.Ordinal);
        foreach (var layer in layers.Select(static layer => layer!.AsObject()))
        {
            if (layer["inbound_nodes"] is not JsonArray { Count: 1 } nodes)
                continue;
            var sources = nodes[0]!.AsArray();
            var tensors = sources.Select(source => (JsonNode)Tensor(source!.AsArray(), shapes, network.Input)).ToArray();
            layer["inbound_nodes"] = new JsonArray(new JsonObject
            {
                ["args"] = new JsonArray(IsMerge(layer) ? new JsonArray(tensors) : tensors[0]),
                ["kwargs"] = sources[0] is JsonArray { Count: 4 } first ? first[3]!.DeepClone() : new JsonObject(),
            });
        }
        config["input_layers"] = config["input_layers"]![0]!.DeepClone();
        config["output_layers"] = config["output_layers"]![0]!.DeepClone();
    }

    private static bool IsMerge(JsonObject layer) => (string?)layer["class_name"] is "Add" or "Concatenate";

    private static JsonObject Tensor(JsonArray source, Dictionary<string, Shape> shapes, Shape input) => new()
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject
        {
            ["shape"] = KerasObjects.BatchShape(shapes.GetValueOrDefault((string)source[0]!, input)),
            ["dtype"] = "float32",
            ["keras_history"] = new JsonArray(source[0]!.DeepClone(), source[1]!.DeepClone(), source[2]!.DeepClone()),
        },
    };
}
