using System.Text.Json.Nodes;
using AiOutliers.Detection.Neural;
using static AiOutliers.Models.Keras.Writing.KerasObjects;

namespace AiOutliers.Models.Keras.Writing;

/// <summary><c>config.json</c> of a network that was not read from a file, as Keras 2.15 writes it.</summary>
internal static class ConfigWriter
{
    /// <param name="network">The network.</param>
    /// <param name="order">Its nodes in Keras' order (<see cref="LayerOrder"/>).</param>
    /// <param name="name">The model's name.</param>
    /// <param name="input">The input layer's name, which no other layer has.</param>
    public static JsonObject Write(Network network, IReadOnlyList<int> order, string name, string input)
    {
        var list = new JsonArray { InputLayer(network.Input, input) };
        foreach (var node in order.Select(index => network.Nodes[index]))
        {
            var shapes = node.Inputs.Select(source => source == NetworkBuilder.Input ? network.Input : network.Nodes[source].Output)
                .ToArray();
            var layer = LayerConfigWriter.Write(node.Layer, shapes[0], node.Output);
            layer["build_config"] = BuildConfig(shapes);
            layer["name"] = node.Layer.Name;
            layer["inbound_nodes"] = new JsonArray(
                new JsonArray([.. node.Inputs.Select(source => (JsonNode)new JsonArray(Name(source), 0, 0, new JsonObject()))]));
            list.Add((JsonNode)layer);
        }
        var config = new JsonObject
        {
            ["name"] = name,
            ["trainable"] = true,
            ["layers"] = list,
            ["input_layers"] = new JsonArray(new JsonArray(input, 0, 0)),
            ["output_layers"] = new JsonArray(new JsonArray(Name(network.OutputNode), 0, 0)),
        };
        var model = Made("keras.src.engine.functional", "Functional", config);
        model["registered_name"] = "Functional";
        model["build_config"] = BuildConfig([network.Input]);
        return model;

        string Name(int node) => node == NetworkBuilder.Input ? input : network.Nodes[node].Layer.Name;
    }

    private static JsonObject InputLayer(Shape shape, string name)
    {
        var layer = Made("keras.layers", "InputLayer", new()
        {
            ["batch_input_shape"] = BatchShape(shape),
            ["dtype"] = "float32",
            ["sparse"] = false,
            ["ragged"] = false,
            ["name"] = name,
        });
        layer["name"] = name;
        layer["inbound_nodes"] = new JsonArray();
        return layer;
    }
}
