using System.Text.Json.Nodes;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>
/// A configuration of Keras 3 as Keras 2.15 reads it, the way back of <see cref="ToKeras3"/>. Keras 2 stops at options that it does not
/// know, so that only those stay that it does; the reader has made sure that none of the others is switched on. How the model was compiled
/// is not carried over.
/// </summary>
internal static class ToKeras2
{
    /// <param name="model">The configuration; it is taken apart.</param>
    /// <param name="network">The same network, for the shapes.</param>
    public static JsonObject Translate(JsonObject model, Network network)
    {
        var config = model["config"]!.AsObject();
        var layers = config["layers"]!.AsArray();
        var sequential = (string?)model["class_name"] == "Sequential";
        foreach (var layer in layers.Select(static layer => layer!.AsObject()))
        {
            Layer(layer);
            if (!sequential)
                Connect(layer);
        }
        BuildConfigs.Fill(layers, network);
        model.Remove("config");
        var result = KerasObjects.Made(
            sequential ? "keras" : "keras.src.engine.functional", sequential ? "Sequential" : "Functional",
            sequential ? new() { ["name"] = config["name"]!.DeepClone(), ["layers"] = layers.DeepClone() } : config);
        if (!sequential)
        {
            result["registered_name"] = "Functional";
            config["input_layers"] = EndPoints(config["input_layers"]!.AsArray());
            config["output_layers"] = EndPoints(config["output_layers"]!.AsArray());
        }
        result["build_config"] = KerasObjects.BuildConfig([network.Input]);
        return result;
    }

    private static void Layer(JsonObject layer)
    {
        var config = layer["config"]!.AsObject();
        var kind = (string)layer["class_name"]!;
        if (config.Remove("batch_shape", out var shape))
            config["batch_input_shape"] = shape;
        if (kind != "InputLayer")
            config["dtype"] = Policy(config["dtype"]);
        if (config.Remove("negative_slope", out var slope))
            config["alpha"] = slope;
        foreach (var option in config.Select(static option => option.Key).Except(Keras2Options.Of(kind)).ToArray())
            config.Remove(option);
        foreach (var (option, initializer) in config)
        {
            if (!option.EndsWith("_initializer", StringComparison.Ordinal)
                || initializer is not JsonObject || initializer["config"] is not JsonObject options)
            {
                continue;
            }
            options.Remove("input_axes");
            options.Remove("output_axes");
        }
        if (kind is "LSTM" or "GRU")
            (config["time_major"], config["implementation"]) = (false, 2);
        foreach (var inner in new[] { config["layer"], config["backward_layer"] }.OfType<JsonObject>())
        {
            Layer(inner);
            inner.Remove("build_config");
        }
        if (kind == "Bidirectional")
            Unfold(config);
    }

    /// <summary>
    /// Keras 3 always writes both directions and names them; Keras 2 names them itself and makes the backward layer, unless it is not the
    /// mirror.
    /// </summary>
    private static void Unfold(JsonObject config)
    {
        const string Forward = "forward_", Backward = "backward_";
        var forward = config["layer"]!["config"]!;
        if ((string?)forward["name"] is { } name && name.StartsWith(Forward, StringComparison.Ordinal))
            forward["name"] = name[Forward.Length..];
        if (config["backward_layer"] is not { } backward)
            return;
        if ((string?)backward["config"]!["name"] is { } other && other.StartsWith(Backward, StringComparison.Ordinal))
            backward["config"]!["name"] = other[Backward.Length..];
        var (mirrored, known) = (WithoutIdentity(config["layer"]!), WithoutIdentity(backward));
        mirrored["config"]!["go_backwards"] = true;
        if (JsonNode.DeepEquals(mirrored, known))
            config.Remove("backward_layer");
    }

    private static JsonNode WithoutIdentity(JsonNode layer)
    {
        var copy = layer.DeepClone();
        foreach (var (option, value) in copy["config"]!.AsObject().ToArray())
        {
            if (option == "name")
                copy["config"]!.AsObject().Remove(option);
            else
                (value as JsonObject)?.Remove("shared_object_id");
        }
        return copy;
    }

    private static JsonNode Policy(JsonNode? dtype)
    {
        var name = dtype is JsonObject policy ? (string?)policy["config"]!["name"] : (string?)dtype;
        return name is null or "float32" ? "float32" : KerasObjects.Made("keras.mixed_precision", "Policy", new() { ["name"] = name });
    }

    private static void Connect(JsonObject layer)
    {
        if (layer["inbound_nodes"] is not JsonArray { Count: 1 } nodes)
            return;
        var tensors = nodes[0]!["args"]![0] is JsonArray several ? several : new JsonArray(nodes[0]!["args"]![0]!.DeepClone());
        // Keras 3 notes in which mode the layer was called when the model was put together; in Keras 2 that would fix the mode.
        layer["inbound_nodes"] = new JsonArray(new JsonArray([.. tensors.Select(static tensor =>
            (JsonNode)new JsonArray(
                [.. tensor!["config"]!["keras_history"]!.AsArray().Select(static part => part!.DeepClone()), new JsonObject()]))]));
    }

    private static JsonArray EndPoints(JsonArray points) => points[0] is JsonArray ? points.DeepClone().AsArray() : new(points.DeepClone());
}
