using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;

namespace AiOutliers.Models.Keras;

/// <summary>Reads the network's graph from <c>config.json</c>: Functional or Sequential, as Keras 2 and Keras 3 write it.</summary>
internal static class NetworkReader
{
    /// <summary>More layers than any autoencoder of time series has: a bound for hostile files.</summary>
    private const int MostLayers = 1000;

    /// <exception cref="AiOutliersException">The graph or a layer is not supported; the message names it.</exception>
    public static Network Read(JsonElement model)
    {
        var kind = LayerConfig.Text(model, "class_name");
        var layers = LayerConfig.Object(model, "config").TryGetProperty("layers", out var list)
            && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MostLayers
            ? list.EnumerateArray().ToArray()
            : throw Wrong("the configuration has no list of layers");
        return kind switch
        {
            "Sequential" => Sequential(layers),
            "Functional" or "Model" => Functional(LayerConfig.Object(model, "config"), layers),
            _ => throw Wrong($"the model class '{kind}' is not supported; Functional and Sequential are"),
        };
    }

    private static Network Sequential(JsonElement[] layers)
    {
        var configs = layers.Select(static layer => new LayerConfig(layer)).ToArray();
        if (configs.Length == 0)
            throw Wrong("the model has no layers");
        var builder = new NetworkBuilder(configs[0].ExampleShape());
        var last = NetworkBuilder.Input;
        foreach (var config in configs.SkipWhile(static config => config.Class == "InputLayer"))
            last = builder.Add(LayerFactory.Create(config), last);
        return last == NetworkBuilder.Input ? throw Wrong("the model has no layers besides its input") : builder.Build();
    }

    private static Network Functional(JsonElement model, JsonElement[] layers)
    {
        var inputs = EndPoints(model, "input_layers");
        var outputs = EndPoints(model, "output_layers");
        if (inputs.Count != 1 || outputs.Count != 1)
            throw Wrong($"the model has {inputs.Count} inputs and {outputs.Count} outputs; models with one of each are supported");
        var waiting = layers.Select(static layer => (Config: new LayerConfig(layer), Inputs: InboundLayers(layer))).ToList();
        var input = waiting.Find(layer => layer.Config.Name == inputs[0]).Config
            ?? throw Wrong($"the input layer '{inputs[0]}' is missing");
        var builder = new NetworkBuilder(input.ExampleShape());
        var built = new Dictionary<string, int>(StringComparer.Ordinal) { [input.Name] = NetworkBuilder.Input };
        waiting.RemoveAll(layer => layer.Config.Name == input.Name);
        while (waiting.Count > 0)
        {
            var next = waiting.FindIndex(layer => layer.Inputs.Count > 0 && layer.Inputs.TrueForAll(built.ContainsKey));
            if (next < 0)
                throw Wrong($"the layer '{waiting[0].Config.Name}' is connected to nothing or in a circle");
            var (config, sources) = waiting[next];
            waiting.RemoveAt(next);
            if (!built.TryAdd(config.Name, builder.Add(LayerFactory.Create(config), sources.ConvertAll(source => built[source]))))
                throw Wrong($"two layers are named '{config.Name}'");
        }
        return built.TryGetValue(outputs[0], out var output) && output != NetworkBuilder.Input
            ? builder.Build(output)
            : throw Wrong($"the output layer '{outputs[0]}' is missing");
    }

    /// <summary>Keras 2 writes a list of <c>[name, 0, 0]</c>; Keras 3 writes a single one without the list.</summary>
    private static List<string> EndPoints(JsonElement model, string name)
    {
        var names = new List<string>();
        if (model.TryGetProperty(name, out var points) && points.ValueKind == JsonValueKind.Array)
            CollectNames(points, names);
        return names;
    }

    private static void CollectNames(JsonElement list, List<string> names)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
                names.Add(item.GetString()!);
            else if (item.ValueKind == JsonValueKind.Array)
                CollectNames(item, names);
        }
    }

    /// <summary>The names of the layers that feed this one. A layer used twice would have two nodes.</summary>
    private static List<string> InboundLayers(JsonElement layer)
    {
        var names = new List<string>();
        if (!layer.TryGetProperty("inbound_nodes", out var nodes) || nodes.ValueKind != JsonValueKind.Array || nodes.GetArrayLength() == 0)
            return names;
        if (nodes.GetArrayLength() > 1)
        {
            var name = LayerConfig.Text(LayerConfig.Object(layer, "config"), "name");
            throw Wrong($"the layer '{name}' is used more than once, which is not supported");
        }
        if (nodes[0].ValueKind == JsonValueKind.Array)
            CollectNames(nodes[0], names);
        else if (nodes[0].ValueKind == JsonValueKind.Object && nodes[0].TryGetProperty("args", out var arguments))
            CollectHistories(arguments, names);
        return names;
    }

    /// <summary>
    /// Keras 3: tensors as <c>{"class_name":"__keras_tensor__","config":{"keras_history":[name, 0, 0]}}</c>, in lists or alone.
    /// </summary>
    private static void CollectHistories(JsonElement value, List<string> names)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                CollectHistories(item, names);
        }
        else if (value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
            && config.TryGetProperty("keras_history", out var history) && history.ValueKind == JsonValueKind.Array)
        {
            CollectNames(history, names);
        }
    }

    private static AiOutliersException Wrong(string message) => new(ErrorKind.UnusableModel, message);
}
