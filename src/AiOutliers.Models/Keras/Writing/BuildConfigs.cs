using System.Text.Json.Nodes;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>What Keras 2.15 notes of the shapes that each layer was built for.</summary>
internal static class BuildConfigs
{
    /// <summary>Sets <c>build_config</c> of all layers besides the input.</summary>
    public static void Fill(JsonArray layers, Network network)
    {
        var inputs = network.Nodes.ToDictionary(
            static node => node.Layer.Name,
            node => node.Inputs.Select(source => source == NetworkBuilder.Input ? network.Input : network.Nodes[source].Output).ToArray(),
            StringComparer.Ordinal);
        foreach (var layer in layers.Select(static layer => layer!.AsObject()))
        {
            if (inputs.TryGetValue((string)layer["config"]!["name"]!, out var shapes))
                layer["build_config"] = KerasObjects.BuildConfig(shapes);
        }
    }
}
