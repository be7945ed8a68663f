using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Entities;

/// <summary>The state of a monitor's entities: their values of the last weeks, bucket by bucket, all up to the same bucket.</summary>
internal sealed class MonitorEntities(EntityLayout layout)
{
    /// <summary>From eight days on, detectors compare a weekend with another one.</summary>
    private const long EnoughMilliseconds = 8 * 86_400_000L;

    private readonly EntityPlaces _places = new(layout);

    public EntityLayout Layout => layout;

    /// <summary>Why series have no verdict.</summary>
    public NoVerdicts Reasons { get; } = new();

    public IReadOnlyList<EntityShard> Shards => _places.Shards;

    public int Count => _places.Entities;

    public long Bytes => Count * layout.BytesOfEntity;

    /// <summary>Entities whose whole values were put in.</summary>
    public int Loaded { get; private set; }

    /// <summary>The bucket after the newest one; 0 while nothing is known.</summary>
    public uint End { get; private set; }

    /// <summary>The oldest bucket that is kept.</summary>
    public uint Start => End > layout.Buckets ? End - (uint)layout.Buckets : 0;

    /// <summary>What has still to be read.</summary>
    public EntityReading Reading { get; } = new();

    /// <summary>The oldest bucket whose values were read.</summary>
    public uint KnownFrom => Reading.Together > 0 ? Math.Max(Start, Reading.ReadFrom ?? End) : Start;

    /// <summary>From now on the values themselves are kept, for a state that is dropped soon: five times as much memory.</summary>
    public void KeepExact() => _places.AreExact = true;

    /// <summary>Whether enough of the entities' history was read to judge them.</summary>
    public bool IsReady => Reading.Together == 0 || (End - KnownFrom) * layout.Step >= EnoughMilliseconds;

    /// <summary>How many places there are; some may be free.</summary>
    public int Places => _places.Count;

    public (EntityShard Shard, int Slot) At(int place) => _places.At(place);

    public bool TryFind(string key, out int place) => _places.TryFind(key, out place);

    public int Add(string key) => _places.Add(key);

    /// <summary>Goes on to another end; buckets between are missing until their values come.</summary>
    public void Advance(uint end)
    {
        for (var bucket = Math.Max(End, end > layout.Buckets ? end - (uint)layout.Buckets : 0); bucket < end; bucket++)
            _places.Forget(bucket);
        End = Math.Max(End, end);
        foreach (var time in Reading.Rows.Keys.Where(time => time < layout.TimeOf(Start)).ToList())
            Reading.Rows.Remove(time);
    }

    /// <summary>Goes on where stored values ended; of what some shards have beyond it nothing is taken.</summary>
    public void ResumeAt(uint end)
    {
        End = end;
        _places.ForgetFrom(end);
    }

    /// <summary>Puts in a row. A series whose value was another one before is due.</summary>
    public void Put(int place, uint bucket, ReadOnlySpan<double> values)
    {
        if (bucket < Start || bucket >= End)
            return;
        var (shard, slot) = At(place);
        for (var metric = 0; metric < values.Length; metric++)
        {
            var wasKnown = shard.Times[slot].Last >= bucket && shard.Times[slot].Last > 0;
            if (shard.Put(slot, metric, bucket, values[metric]) && wasKnown)
                shard.Summary(slot, metric).IsDue = true;
        }
        var times = shard.Times[slot];
        shard.Times[slot] = new(times.Last == 0 ? bucket : Math.Min(times.First, bucket), Math.Max(times.Last, bucket));
    }

    /// <summary>Puts in all rows of an entity that is new here.</summary>
    public void Load(int place, MetricTable table)
    {
        Loaded++;
        var (shard, slot) = At(place);
        for (var metric = 0; metric < layout.Metrics.Count; metric++)
        {
            if (table.TryGetColumn(layout.Metrics[metric], out var column))
                shard.Scale(slot, metric, column);
        }
        Put(place, table);
    }

    /// <summary>Puts in rows of an entity.</summary>
    public void Put(int place, MetricTable table)
    {
        Span<double> values = stackalloc double[layout.Metrics.Count];
        for (var row = 0; row < table.Rows; row++)
        {
            for (var metric = 0; metric < values.Length; metric++)
                values[metric] = table.TryGetColumn(layout.Metrics[metric], out var column) ? column[row] : double.NaN;
            Put(place, layout.BucketOf(table.Times[row]), values);
        }
    }

    /// <summary>Whether any entity has a value of a metric in some buckets.</summary>
    public bool HasValue(int metric, uint from, uint end)
    {
        foreach (var shard in Shards)
        {
            for (var slot = 0; slot < shard.Count; slot++)
            {
                for (var bucket = Math.Max(from, Start); bucket < end; bucket++)
                {
                    if (shard.Ring(slot, metric)[(int)(bucket % (uint)layout.Buckets)] != CompactScale.Missing)
                        return true;
                }
            }
        }
        return false;
    }

    /// <summary>Drops entities that had no row since a bucket.</summary>
    /// <returns>How many.</returns>
    public int Drop(uint before) => _places.Drop((_, times) => times.Last < before);

    /// <summary>Drops all other entities.</summary>
    public void Keep(IReadOnlySet<string> keys) => _places.Drop((key, _) => !keys.Contains(key));
}
