using System.IO.Compression;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural;
using PureHDF;

namespace AiOutliers.Keras;

/// <summary>
/// Reads a network from a <c>.keras</c> file: a Keras v3 archive (zip of config.json, model.weights.h5 and metadata.json; Keras 2.13 to 2.15 and
/// Keras 3), or legacy HDF5 under the same extension.
/// </summary>
public static class KerasFile
{
    /// <summary>The networks here have some hundred kilobytes; this bounds what a hostile file can make us unpack.</summary>
    private const long LargestPart = 256L << 20;

    /// <param name="content">The whole file.</param>
    /// <exception cref="AiOutliersException">The file is damaged or holds something that is not supported; the message says what.</exception>
    public static Network Read(byte[] content)
    {
        try
        {
            return content switch
            {
                [] => throw Wrong("the file is empty"),
                [(byte)'P', (byte)'K', ..] => ReadArchive(content),
                [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => ReadLegacy(content),
                _ => throw Wrong("the file is neither a Keras archive (zip) nor HDF5"),
            };
        }
        catch (Exception error) when (error is not AiOutliersException and not OutOfMemoryException)
        {
            // The zip and HDF5 readers throw exceptions of many kinds, undocumented, on damaged files.
            throw Wrong("the file is truncated or damaged", error);
        }
    }

    private static Network ReadArchive(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
        using var config = JsonDocument.Parse(Entry(archive, "config.json"), new JsonDocumentOptions { MaxDepth = 128 });
        var network = NetworkReader.Read(config.RootElement);
        using var weights = H5File.Open(new MemoryStream(Entry(archive, "model.weights.h5")));
        WeightGroups.ReadArchive(weights, network);
        return network;
    }

    private static Network ReadLegacy(byte[] content)
    {
        using var file = H5File.Open(new MemoryStream(content));
        if (!file.AttributeExists("model_config"))
            throw Wrong("the HDF5 file has no attribute 'model_config': it holds weights without a network");
        using var config = JsonDocument.Parse(file.Attribute("model_config").Read<string>(), new JsonDocumentOptions { MaxDepth = 128 });
        var network = NetworkReader.Read(config.RootElement);
        WeightGroups.ReadLegacy(file, network);
        return network;
    }

    private static byte[] Entry(ZipArchive archive, string name)
    {
        var entry = archive.GetEntry(name) ?? throw Wrong($"the archive has no '{name}'");
        if (entry.Length > LargestPart)
            throw Wrong($"'{name}' of the archive has {entry.Length} bytes; at most {LargestPart} are read");
        using var stream = entry.Open();
        var content = new byte[entry.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static AiOutliersException Wrong(string message, Exception? inner = null) => new(ErrorKind.UnusableModel, message, inner);
}
