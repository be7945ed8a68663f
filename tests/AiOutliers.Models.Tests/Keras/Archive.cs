using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace AiOutliers.Models.Tests.Keras;

/// <summary>What is in a <c>.keras</c> zip.</summary>
internal static class Archive
{
    public static byte[] Entry(byte[] content, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(content));
        using var stream = archive.GetEntry(name).ShouldNotBeNull().Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static string[] Names(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content));
        return [.. archive.Entries.Select(static entry => entry.FullName)];
    }

    public static JsonNode Config(byte[] content) => JsonNode.Parse(Entry(content, "config.json"))!;

    public static string[] Weights(byte[] content, bool values) => Hdf5Dump.Of(Entry(content, "model.weights.h5"), values);

    /// <summary>The same archive with another configuration.</summary>
    public static byte[] WithConfig(byte[] content, Action<JsonNode> change)
    {
        var config = Config(content);
        change(config);
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in Names(content))
            {
                using var target = archive.CreateEntry(name).Open();
                target.Write(name == "config.json" ? Encoding.UTF8.GetBytes(config.ToJsonString()) : Entry(content, name));
            }
        }
        return stream.ToArray();
    }

    /// <summary>Without the numbers that Keras gives to objects of one run.</summary>
    public static JsonNode WithoutObjectIds(JsonNode config)
    {
        if (config is JsonObject members)
        {
            members.Remove("shared_object_id");
            foreach (var member in members.Select(static member => member.Value).OfType<JsonNode>().ToArray())
                WithoutObjectIds(member);
        }
        else if (config is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>())
                WithoutObjectIds(item);
        }
        return config;
    }
}
