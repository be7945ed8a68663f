using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;
using PureHDF;
using PureHDF.VOL.Native;

namespace AiOutliers.Models.Keras;

/// <summary>What a <c>.keras</c> file holds, unpacked.</summary>
internal sealed class KerasParts : IDisposable
{
    public const string ConfigEntry = "config.json", WeightsEntry = "model.weights.h5", MetadataEntry = "metadata.json";

    /// <summary>The networks here have some hundred kilobytes; this bounds what a hostile file can make us unpack.</summary>
    private const long LargestPart = 256L << 20;

    /// <summary>The text of a thousand layers has less.</summary>
    private const long LargestConfig = 16L << 20;

    private readonly JsonDocument _config;

    private KerasParts(byte[] configText, JsonDocument config, NativeFile weights, ZipArchive? archive) =>
        (ConfigText, _config, Weights, Archive) = (configText, config, weights, archive);

    /// <summary><c>config.json</c> as it is, byte for byte.</summary>
    public byte[] ConfigText { get; }

    public JsonElement Config => _config.RootElement;

    public NativeFile Weights { get; }

    /// <summary>Null for legacy HDF5.</summary>
    public ZipArchive? Archive { get; }

    /// <summary>Legacy HDF5 counts as the layout that its configuration is written in.</summary>
    public KerasLayout Layout => Mentions(Config, "batch_shape") ? KerasLayout.Keras3 : KerasLayout.Keras2;

    /// <summary>Unpacks a file for some work and turns what goes wrong into words.</summary>
    /// <exception cref="AiOutliersException">
    /// The file is damaged or holds something that is not supported; the message says what.
    /// </exception>
    public static T Use<T>(byte[] content, Func<KerasParts, T> work)
    {
        try
        {
            using var parts = Open(content);
            return work(parts);
        }
        catch (Exception error) when (error is not AiOutliersException and not OutOfMemoryException)
        {
            // The zip and HDF5 readers throw exceptions of many kinds, undocumented, on damaged files.
            throw Wrong("the file is truncated or damaged", error);
        }
    }

    /// <summary>The network with its weights.</summary>
    public Network ReadNetwork()
    {
        var network = NetworkReader.Read(Config);
        WeightGroups.Read(
            Weights, Archive is null ? WeightGroups.LocateLegacy(Weights, network) : WeightGroups.LocateArchive(Weights, network));
        return network;
    }

    /// <summary>Members besides configuration, weights and metadata: what layers keep as files of their own.</summary>
    public IEnumerable<(string Name, byte[] Content)> Others() => Archive is null
        ? []
        : Archive.Entries.Where(static entry => entry.FullName is not (ConfigEntry or WeightsEntry or MetadataEntry))
            .Select(entry => (entry.FullName, Entry(Archive, entry.FullName)));

    public byte[]? Metadata() => Archive?.GetEntry(MetadataEntry) is null ? null : Entry(Archive, MetadataEntry);

    public void Dispose()
    {
        Weights.Dispose();
        _config.Dispose();
        Archive?.Dispose();
    }

    private static KerasParts Open(byte[] content) => content switch
    {
        [] => throw Wrong("the file is empty, or not a regular file"),
        [(byte)'P', (byte)'K', ..] => OpenArchive(content),
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => OpenLegacy(content),
        _ => throw Wrong("the file is neither a Keras archive (zip) nor HDF5"),
    };

    private static KerasParts OpenArchive(byte[] content)
    {
        var archive = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        var text = Entry(archive, ConfigEntry, LargestConfig);
        return new(text, Parse(text), H5File.Open(new MemoryStream(Entry(archive, WeightsEntry))), archive);
    }

    private static KerasParts OpenLegacy(byte[] content)
    {
        var file = H5File.Open(new MemoryStream(content));
        if (!file.AttributeExists("model_config"))
            throw Wrong("the HDF5 file has no attribute 'model_config': it holds weights without a network");
        var text = Encoding.UTF8.GetBytes(file.Attribute("model_config").Read<string>());
        return new(text, Parse(text), file, archive: null);
    }

    private static JsonDocument Parse(byte[] text) => JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });

    private static byte[] Entry(ZipArchive archive, string name, long most = LargestPart)
    {
        var entry = archive.GetEntry(name) ?? throw Wrong($"the archive has no '{name}'");
        if (entry.Length > most)
            throw Wrong($"'{name}' of the archive has {entry.Length} bytes; at most {most} are read");
        using var stream = entry.Open();
        var content = new byte[entry.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Whether any layer has this option.</summary>
    private static bool Mentions(JsonElement value, string option) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => member.Name == option || Mentions(member.Value, option)),
        JsonValueKind.Array => value.EnumerateArray().Any(item => Mentions(item, option)),
        _ => false,
    };

    private static AiOutliersException Wrong(string message, Exception? inner = null) => new(ErrorKind.UnusableModel, message, inner);
}
