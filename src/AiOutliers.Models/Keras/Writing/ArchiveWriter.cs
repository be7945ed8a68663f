using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiOutliers.Models.Keras.Writing;

/// <summary>The zip of a Keras archive: members stored uncompressed and in Keras' order.</summary>
internal static class ArchiveWriter
{
    /// <summary>As Keras dates the members of its archives: the same model gives the same bytes.</summary>
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="metadata">What the metadata said before, where there was an archive; the date is replaced.</param>
    /// <param name="config">The text of <c>config.json</c>.</param>
    /// <param name="weights">The content of <c>model.weights.h5</c>.</param>
    /// <param name="others">Further members.</param>
    /// <param name="layout">Which Keras the archive is for, where the metadata does not say.</param>
    /// <param name="saved">The time to note in the metadata.</param>
    public static byte[] Write(
        byte[]? metadata, byte[] config, byte[] weights,
        IEnumerable<(string Name, byte[] Content)> others, KerasLayout layout, DateTimeOffset saved)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(KerasParts.MetadataEntry, Metadata(metadata, layout, saved));
            Add(KerasParts.ConfigEntry, config);
            Add(KerasParts.WeightsEntry, weights);
            foreach (var (name, content) in others)
                Add(name, content);

            void Add(string name, byte[] content)
            {
                var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = NoDate;
                using var target = entry.Open();
                target.Write(content);
            }
        }
        return stream.ToArray();
    }

    /// <summary>The version is that of the Keras whose layout this is; Keras does not look at it.</summary>
    private static byte[] Metadata(byte[]? before, KerasLayout layout, DateTimeOffset saved)
    {
        var metadata = before is null ? [] : JsonNode.Parse(before)!.AsObject();
        metadata.TryAdd("keras_version", layout == KerasLayout.Keras2 ? "2.15.0" : "3.15.1");
        metadata["date_saved"] = saved.UtcDateTime.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture);
        return JsonSerializer.SerializeToUtf8Bytes(metadata);
    }
}
