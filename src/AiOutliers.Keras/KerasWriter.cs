using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;
using AiOutliers.Keras.Writing;

namespace AiOutliers.Keras;

/// <summary>Writes <c>.keras</c> archives that Keras itself loads. The results are whole files in memory.</summary>
public static class KerasWriter
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    private static readonly JsonSerializerOptions Plain = new() { MaxDepth = 128 };

    /// <summary>
    /// A model that exists, with other weights: layout, <c>config.json</c> (byte for byte), layer names and everything else in the archive stay, the
    /// optimizer's state too. Legacy HDF5 becomes an archive of the layout that its configuration is written in.
    /// </summary>
    /// <param name="before">The file as it was.</param>
    /// <param name="network">The network that was read from it, with its present weights.</param>
    /// <param name="saved">The time to note.</param>
    /// <exception cref="AiOutliersException">The file is damaged, or is not this network's.</exception>
    public static byte[] Update(byte[] before, Network network, DateTimeOffset saved) => KerasParts.Use(before, parts =>
    {
        if (parts.Archive is null)
            return Rebuild(parts, network, parts.Layout, saved);
        var weights = WeightCopy.Copy(parts.Weights, WeightGroups.LocateArchive(parts.Weights, network));
        return ArchiveWriter.Write(parts.Metadata(), parts.ConfigText, WeightFile.Write(weights), parts.Others(), parts.Layout, saved);
    });

    /// <summary>A model of our own, with a configuration as that Keras writes it.</summary>
    /// <param name="network">The network. Every layer leads to its output, and no two have the same name.</param>
    /// <param name="name">The model's name inside the configuration.</param>
    /// <param name="layout">Which Keras is to read it.</param>
    /// <param name="saved">The time to note.</param>
    /// <param name="regularizers">
    /// The penalty that training puts on a layer's output ("activity") or on one of its parameters ("kernel", "bias", …); none where it is left out.
    /// </param>
    public static byte[] Create(Network network, string name, KerasLayout layout, DateTimeOffset saved, Func<Layer, string, (float L1, float L2)>? regularizers = null)
    {
        var order = LayerOrder.Of(network);
        var input = InputName(network);
        var config = ConfigWriter.Write(network, order, name, input, new(regularizers ?? (static (_, _) => default)));
        if (layout == KerasLayout.Keras3)
            config = ToKeras3.Translate(config, network);
        return Assemble(config, network, order.Select(index => network.Nodes[index].Layer), layout, saved);
    }

    /// <summary>
    /// The same model for the other Keras (or, from legacy HDF5, for either): the configuration translated, the weights regrouped, bit for bit. How it
    /// was compiled, and the optimizer's state, is not carried over, for the two do not number it alike. An archive of this layout stays as it is.
    /// </summary>
    /// <exception cref="AiOutliersException">The file is damaged or holds something that is not supported.</exception>
    public static byte[] Convert(byte[] before, KerasLayout layout, DateTimeOffset saved) => KerasParts.Use(before, parts =>
        parts.Archive is not null && parts.Layout == layout ? before : Rebuild(parts, parts.ReadNetwork(), layout, saved));

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
