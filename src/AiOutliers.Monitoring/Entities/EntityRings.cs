namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// The values of series, by their entity's slot and their metric: for each a ring of codes, a bucket's place in it being its number modulo
/// the ring's length, and a summary.
/// </summary>
/// <param name="layout">What it looks like.</param>
/// <param name="isExact">Whether the values themselves are kept beside their codes.</param>
internal abstract class EntityRings(EntityLayout layout, bool isExact)
{
    private readonly int _buckets = layout.Buckets;
    private readonly int _metrics = layout.Metrics.Count;
    private SeriesSummary[] _summaries = [];
    private ushort[] _codes = [];
    private double[] _exact = [];

    public ref SeriesSummary Summary(int slot, int metric) => ref _summaries[slot * _metrics + metric];

    public Span<ushort> Ring(int slot, int metric) => _codes.AsSpan(First(slot, metric), _buckets);

    /// <summary>Makes a bucket missing in the series of one entity.</summary>
    public void Forget(int slot, uint bucket)
    {
        for (var metric = 0; metric < _metrics; metric++)
            Ring(slot, metric)[Place(bucket)] = CompactScale.Missing;
    }

    /// <returns>Whether it was another value before.</returns>
    public bool Put(int slot, int metric, uint bucket, double value)
    {
        ref var code = ref Ring(slot, metric)[Place(bucket)];
        if (!Summary(slot, metric).Scale.TryEncode(value, out var fresh))
        {
            Rescale(slot, metric, value);
            Summary(slot, metric).Scale.TryEncode(value, out fresh);
        }
        var differs = code != fresh;
        code = fresh;
        if (isExact)
            _exact[First(slot, metric) + Place(bucket)] = value;
        return differs;
    }

    /// <summary>The values of consecutive buckets, NaN where missing.</summary>
    public void Read(int slot, int metric, uint from, Span<double> values)
    {
        var ring = Ring(slot, metric);
        var scale = Summary(slot, metric).Scale;
        var place = Place(from);
        var first = Math.Min(values.Length, _buckets - place);
        scale.Decode(ring.Slice(place, first), values);
        scale.Decode(ring[..(values.Length - first)], values[first..]);
        for (var i = 0; isExact && i < values.Length; i++)
            values[i] = double.IsNaN(values[i]) ? double.NaN : _exact[First(slot, metric) + (place + i) % _buckets];
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

    protected void Make(int entities)
    {
        Array.Resize(ref _summaries, entities * _metrics);
        Array.Resize(ref _codes, First(entities, 0));
        if (isExact)
            Array.Resize(ref _exact, First(entities, 0));
    }

    protected void Empty(int slot)
    {
        for (var metric = 0; metric < _metrics; metric++)
        {
            Summary(slot, metric) = new() { IsDue = true, Scale = CompactScale.For([]) };
            Ring(slot, metric).Fill(CompactScale.Missing);
        }
    }

    private int Place(uint bucket) => (int)(bucket % (uint)_buckets);

    private int First(int slot, int metric) => (slot * _metrics + metric) * _buckets;
}
