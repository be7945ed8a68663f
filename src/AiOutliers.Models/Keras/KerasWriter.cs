using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;
using AiOutliers.Models.Keras.Writing;

namespace AiOutliers.Models.Keras;

/// <summary>Writes <c>.keras</c> archives that Keras itself loads. The results are whole files in memory.</summary>
public static class KerasWriter
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    private static readonly JsonSerializerOptions Plain = new() { MaxDepth = 128 };

    /// <summary>
    /// A model that exists, with other weights: layout, <c>config.json</c> (byte for byte), layer names and everything else in the archive
    /// stay, the optimizer's state too. Legacy HDF5 becomes an archive of the layout that its configuration is written in.
    /// </summary>
    /// <param name="before">The file as it was.</param>
    /// <param name="network">Its network with the present weights: the same layers by name, in any order.</param>
    /// <param name="saved">The time to note.</param>
    /// <exception cref="AiOutliersException">The file is damaged, or is another network's.</exception>
    public static byte[] Update(byte[] before, Network network, DateTimeOffset saved) => KerasParts.Use(before, parts =>
    {
        var own = NetworkReader.Read(parts.Config);
        CopyWeights(network, own);
        if (parts.Archive is null)
            return Rebuild(parts, own, parts.Layout, saved);
        var weights = WeightCopy.Copy(parts.Weights, WeightGroups.LocateArchive(parts.Weights, own));
        return ArchiveWriter.Write(parts.Metadata(), parts.ConfigText, WeightFile.Write(weights), parts.Others(), parts.Layout, saved);
    });

    /// <summary>A model of our own, with a configuration as that Keras writes it.</summary>
    /// <param name="network">The network. Every layer leads to its output, and no two have the same name.</param>
    /// <param name="name">The model's name inside the configuration.</param>
    /// <param name="layout">Which Keras is to read it.</param>
    /// <param name="saved">The time to note.</param>
    public static byte[] Create(Network network, string name, KerasLayout layout, DateTimeOffset saved)
    {
        var order = LayerOrder.Of(network);
        var input = InputName(network);
        var config = ConfigWriter.Write(network, order, ScopeName(name), input);
        if (layout == KerasLayout.Keras3)
            config = ToKeras3.Translate(config, network);
        return Assemble(config, network, order.Select(index => network.Nodes[index].Layer), layout, saved);
    }

    /// <summary>
    /// The same model for the other Keras (or, from legacy HDF5, for either): the configuration translated, the weights regrouped, bit for
    /// bit. How it was compiled, and the optimizer's state, is not carried over, for the two do not number it alike. An archive of this
    /// layout stays as it is.
    /// </summary>
    /// <exception cref="AiOutliersException">The file is damaged or holds something that is not supported.</exception>
    public static byte[] Convert(byte[] before, KerasLayout layout, DateTimeOffset saved) => KerasParts.Use(before, parts =>
        parts.Archive is not null && parts.Layout == layout ? before : Rebuild(parts, parts.ReadNetwork(), layout, saved));

    private static void CopyWeights(Network source, Network target)
    {
        if (source.Nodes.Count != target.Nodes.Count)
            throw Other($"the file has {target.Nodes.Count} layers, not {source.Nodes.Count}");
        var layers = source.Nodes.ToDictionary(static node => node.Layer.Name, static node => node.Layer, StringComparer.Ordinal);
        foreach (var layer in target.Nodes.Select(static node => node.Layer))
        {
            if (!layers.TryGetValue(layer.Name, out var same) || same.Kind != layer.Kind)
                throw Other($"the network has no layer '{layer.Name}' ({layer.Kind}) as the file has");
            var (from, to) = (WeightGroups.AllParameters(same).ToArray(), WeightGroups.AllParameters(layer).ToArray());
            if (from.Length != to.Length || from.Zip(to).Any(static pair => !pair.First.Shape.SameAs(pair.Second.Shape)))
                throw Other($"the weights of the layer '{layer.Name}' have other shapes than the file's");
            foreach (var (values, place) in from.Zip(to))
                values.Values.CopyTo(place.Values, 0);
        }

        static AiOutliersException Other(string what) =>
            new(ErrorKind.UnusableModel, $"it holds a different network from the one to save: {what}");
    }

    private static byte[] Rebuild(KerasParts parts, Network network, KerasLayout layout, DateTimeOffset saved)
    {
        var config = JsonNode.Parse(parts.ConfigText, documentOptions: Deep)!.AsObject();
        if (parts.Archive is null)
            config = LegacyConfig.Complete(config, network, parts.Layout);
        if (parts.Layout != layout)
            config = layout == KerasLayout.Keras3 ? ToKeras3.Translate(config, network) : ToKeras2.Translate(config, network);
        return Assemble(config, network, network.Nodes.Select(static node => node.Layer), layout, saved);
    }

    private static byte[] Assemble(JsonObject config, Network network, IEnumerable<Layer> order, KerasLayout layout, DateTimeOffset saved)
    {
        var model = config["config"]!;
        var input = (string?)config["class_name"] == "Sequential" ? null : FirstName(model["input_layers"]!);
        var weights = new WeightTree(layout).Build((string)model["name"]!, input, order);
        return ArchiveWriter.Write(null, JsonSerializer.SerializeToUtf8Bytes(config, Plain), WeightFile.Write(weights), [], layout, saved);
    }

    /// <summary>TensorFlow refuses other characters in the name of a scope, which a model's name becomes.</summary>
    private static string ScopeName(string name) =>
        string.Concat(name.Select(static (character, i) =>
            char.IsAsciiLetterOrDigit(character) || (i > 0 && character is '_' or '-' or '.') ? character : i > 0 ? '_' : 'm'));

    private static string FirstName(JsonNode points) => points is JsonArray list ? FirstName(list[0]!) : (string)points!;

    private static string InputName(Network network)
    {
        var taken = network.Nodes.Select(static node => node.Layer.Name).ToHashSet(StringComparer.Ordinal);
        if (taken.Count < network.Nodes.Count)
            throw new ArgumentException("Two layers have the same name.", nameof(network));
        var name = "input";
        while (taken.Contains(name))
            name += "_layer";
        return name;
    }
}
