using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// A shard in a file: what it is of, up to which bucket, the entities with their values, and the SHA-256 of all that. Numbers are
/// little-endian, values as in memory.
/// </summary>
internal static class ShardFile
{
    private const uint Magic = 0x53454941, Version = 4;

    public static void Write(string file, EntityLayout layout, string identity, uint end, EntityShard shard)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.ReadWrite);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Describe(layout, identity));
        writer.Write(end);
        writer.Write(shard.Keys.Count(static key => key is not null));
        for (var slot = 0; slot < shard.Count; slot++)
        {
            if (shard.Keys[slot] is { } key)
                Write(writer, layout, shard, slot, key);
        }
        writer.Flush();
        stream.Position = 0;
        writer.Write(SHA256.HashData(stream));
    }

    /// <summary>Puts the entities of a file into a state.</summary>
    /// <returns>The bucket after its newest one.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or of another question; nothing was put in.</exception>
    public static uint Read(string file, MonitorEntities state, string identity)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length < SHA256.HashSizeInBytes
            || !SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..)))
            throw new InvalidDataException("its checksum is wrong");
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, bytes.Length - SHA256.HashSizeInBytes), Encoding.UTF8);
        if (reader.ReadUInt32() != Magic || reader.ReadUInt32() != Version)
            throw new InvalidDataException("it is of another version");
        if (reader.ReadString() != Describe(state.Layout, identity))
            throw new InvalidDataException("it is of another question: the monitor was changed, or is one of another database");
        var end = reader.ReadUInt32();
        for (var count = reader.ReadInt32(); count > 0; count--)
            Read(reader, state);
        return end;
    }

    private static string Describe(EntityLayout layout, string identity) =>
        $"{identity}|{layout.Step}|{layout.Buckets}|{string.Join(',', layout.Metrics)}|{string.Join(',', layout.By)}";

    private static void Write(BinaryWriter writer, EntityLayout layout, EntityShard shard, int slot, string key)
    {
        writer.Write(key);
        writer.Write(shard.Times[slot].First);
        writer.Write(shard.Times[slot].Last);
        for (var metric = 0; metric < layout.Metrics.Count; metric++)
        {
            writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<SeriesSummary>(ref shard.Summary(slot, metric))));
            writer.Write(MemoryMarshal.AsBytes(shard.Ring(slot, metric)));
        }
    }

    private static void Read(BinaryReader reader, MonitorEntities state)
    {
        var key = reader.ReadString();
        var (shard, slot) = state.At(state.TryFind(key, out var place) ? place : state.Add(key));
        shard.Times[slot] = new(reader.ReadUInt32(), reader.ReadUInt32());
        for (var metric = 0; metric < state.Layout.Metrics.Count; metric++)
        {
            ref var summary = ref shard.Summary(slot, metric);
            reader.ReadExactly(MemoryMarshal.AsBytes(new Span<SeriesSummary>(ref summary)));
            reader.ReadExactly(MemoryMarshal.AsBytes(shard.Ring(slot, metric)));
            // The words of the reason were not stored.
            summary.IsDue |= summary.NoVerdict > 0;
        }
    }
}
