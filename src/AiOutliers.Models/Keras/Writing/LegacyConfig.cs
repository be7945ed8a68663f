using System.Text.Json.Nodes;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>
/// The configuration inside legacy HDF5, made whole for an archive: Keras left out where each class comes from and what it was built for.
/// </summary>
internal static class LegacyConfig
{
    /// <param name="model">The configuration; it is changed.</param>
    /// <param name="network">The same network, for the shapes.</param>
    /// <param name="layout">The layout that the configuration is written in.</param>
    public static JsonObject Complete(JsonObject model, Network network, KerasLayout layout)
    {
        var layers = model["config"]!["layers"]!.AsArray();
        foreach (var layer in layers)
            Layer(layer!.AsObject());
        BuildConfigs.Fill(layers, network);
        var sequential = (string?)model["class_name"] == "Sequential";
        if (!sequential)
            model["class_name"] = "Functional";
        model.TryAdd(
            "module", sequential ? "keras" : layout == KerasLayout.Keras2 ? "keras.src.engine.functional" : "keras.src.models.functional");
        model.TryAdd("registered_name", sequential ? null : "Functional");
        model.TryAdd("build_config", KerasObjects.BuildConfig([network.Input]));
        return model;
    }

    private static void Layer(JsonObject layer)
    {
        layer.TryAdd("module", "keras.layers");
        layer.TryAdd("registered_name", null);
        foreach (var wrapped in new[] { "layer", "backward_layer" })
        {
            if (layer["config"]![wrapped] is JsonObject inner)
                Layer(inner);
        }
    }
}
