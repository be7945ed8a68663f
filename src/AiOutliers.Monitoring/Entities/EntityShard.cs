namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// Up to 1,024 entities: for each metric a ring of codes, a bucket's place in it being its number modulo the ring's length. A slot without
/// a key is free.
/// </summary>
internal sealed class EntityShard(EntityLayout layout)
{
    public const int Most = 1024;

    private const int FewEntities = 4;

    private readonly int _buckets = layout.Buckets;
    private readonly int _metrics = layout.Metrics.Count;

    /// <summary>Slots that are or were taken.</summary>
    public int Count { get; private set; }

    public string?[] Keys { get; private set; } = [];

    public EntityTimes[] Times { get; private set; } = [];

    public SeriesSummary[] Summaries { get; private set; } = [];

    /// <summary>The rings of all series, one after the other.</summary>
    public ushort[] Codes { get; private set; } = [];

    /// <returns>A new slot without values.</returns>
    public int Add(string key)
    {
        if (Count == Keys.Length)
            Resize(Math.Clamp(2 * Count, FewEntities, Most));
        Clear(Count, key);
        return Count++;
    }

    /// <summary>Makes room for exactly so many.</summary>
    public void Resize(int entities)
    {
        var (keys, times, summaries, codes) = (Keys, Times, Summaries, Codes);
        Array.Resize(ref keys, entities);
        Array.Resize(ref times, entities);
        Array.Resize(ref summaries, entities * _metrics);
        Array.Resize(ref codes, entities * _metrics * _buckets);
        (Keys, Times, Summaries, Codes) = (keys, times, summaries, codes);
    }

    /// <summary>Empties a slot, for another entity or none.</summary>
    public void Clear(int slot, string? key)
    {
        Keys[slot] = key;
        Times[slot] = default;
        for (var metric = 0; metric < _metrics; metric++)
        {
            Summary(slot, metric) = new() { IsDue = true, Scale = CompactScale.For([]) };
            Ring(slot, metric).Fill(CompactScale.Missing);
        }
    }

    public ref SeriesSummary Summary(int slot, int metric) => ref Summaries[slot * _metrics + metric];

    public Span<ushort> Ring(int slot, int metric) => Codes.AsSpan((slot * _metrics + metric) * _buckets, _buckets);

    /// <summary>Makes a bucket missing in all series.</summary>
    public void Forget(uint bucket)
    {
        var place = (int)(bucket % (uint)_buckets);
        for (var series = 0; series < Count * _metrics; series++)
            Codes[series * _buckets + place] = CompactScale.Missing;
    }

    /// <summary>Makes a bucket missing in the series of one entity.</summary>
    public void Forget(int slot, uint bucket)
    {
        for (var metric = 0; metric < _metrics; metric++)
            Ring(slot, metric)[(int)(bucket % (uint)_buckets)] = CompactScale.Missing;
    }

    /// <returns>Whether it was another value before.</returns>
    public bool Put(int slot, int metric, uint bucket, double value)
    {
        ref var code = ref Ring(slot, metric)[(int)(bucket % (uint)_buckets)];
        if (!Summary(slot, metric).Scale.TryEncode(value, out var fresh))
        {
            Rescale(slot, metric, value);
            Summary(slot, metric).Scale.TryEncode(value, out fresh);
        }
        var differs = code != fresh;
        code = fresh;
        return differs;
    }

    /// <summary>The values of consecutive buckets, NaN where missing.</summary>
    public void Read(int slot, int metric, uint from, Span<double> values)
    {
        var ring = Ring(slot, metric);
        var scale = Summary(slot, metric).Scale;
        var place = (int)(from % (uint)_buckets);
        var first = Math.Min(values.Length, _buckets - place);
        scale.Decode(ring.Slice(place, first), values);
        scale.Decode(ring[..(values.Length - first)], values[first..]);
    }

    /// <summary>Sets a series' scale before its values come.</summary>
    public void Scale(int slot, int metric, ReadOnlySpan<double> values) => Summary(slot, metric).Scale = CompactScale.For(values);

    /// <summary>Gives the values another scale: one that reaches a value that is about to come, or that fits them better.</summary>
    public void Rescale(int slot, int metric, double? coming = null)
    {
        var ring = Ring(slot, metric);
        var values = new double[_buckets + 1];
        var old = Summary(slot, metric).Scale;
        old.Decode(ring, values);
        values[^1] = coming ?? double.NaN;
        var scale = CompactScale.For(values);
        if (coming is null && (scale.Base == 0) == (old.Base == 0))
            return;
        Summary(slot, metric).Scale = scale;
        Summary(slot, metric).IsDue = true;
        for (var place = 0; place < _buckets; place++)
            scale.TryEncode(values[place], out ring[place]);
    }
}
