using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Entities;

/// <summary>The state of a monitor's entities: their values of the last weeks, bucket by bucket, all up to the same bucket.</summary>
internal sealed class MonitorEntities(EntityLayout layout)
{
    private readonly List<EntityShard> _shards = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Stack<int> _free = [];

    public EntityLayout Layout => layout;

    /// <summary>Why series have no verdict.</summary>
    public NoVerdicts Reasons { get; } = new();

    public IReadOnlyList<EntityShard> Shards => _shards;

    public int Count => _places.Count;

    public long Bytes => Count * layout.BytesOfEntity;

    /// <summary>Entities whose whole values were put in.</summary>
    public int Loaded { get; private set; }

    /// <summary>The bucket after the newest one; 0 while nothing is known.</summary>
    public uint End { get; private set; }

    /// <summary>The oldest bucket that is kept.</summary>
    public uint Start => End > layout.Buckets ? End - (uint)layout.Buckets : 0;

    /// <summary>Whether entities may be missing that the data source knows.</summary>
    public bool IsPartial { get; set; }

    /// <summary>Whether it is known since when there is data, how many rows are usual, and which entities there are.</summary>
    public bool IsBegun { get; set; }

    /// <summary>Where the data source begins, in milliseconds since 1970; null when unknown.</summary>
    public long? DataFrom { get; set; }

    /// <summary>Rows of all entities, by the time of the bucket: of the last days.</summary>
    public Dictionary<long, double> Rows { get; } = [];

    /// <summary>Entities that are known to be there, and whose values have not been asked for yet.</summary>
    public Queue<string> Pending { get; } = [];

    /// <summary>How many places there are; some may be free.</summary>
    public int Places => _shards.Count == 0 ? 0 : (_shards.Count - 1) * EntityShard.Most + _shards[^1].Count;

    public (EntityShard Shard, int Slot) At(int place) => (_shards[place / EntityShard.Most], place % EntityShard.Most);

    public bool TryFind(string key, out int place) => _places.TryGetValue(key, out place);

    public int Add(string key)
    {
        if (!_free.TryPop(out var place))
        {
            if (_shards.Count == 0 || _shards[^1].Count == EntityShard.Most)
                _shards.Add(new(layout));
            place = (_shards.Count - 1) * EntityShard.Most + _shards[^1].Add(key);
        }
        else
        {
            At(place).Shard.Clear(place % EntityShard.Most, key);
        }
        _places.Add(key, place);
        return place;
    }

    /// <summary>Goes on to another end; buckets between are missing until their values come.</summary>
    public void Advance(uint end)
    {
        for (var bucket = Math.Max(End, end > layout.Buckets ? end - (uint)layout.Buckets : 0); bucket < end; bucket++)
            _shards.ForEach(shard => shard.Forget(bucket));
        End = Math.Max(End, end);
        foreach (var time in Rows.Keys.Where(time => time < layout.TimeOf(Start)).ToList())
            Rows.Remove(time);
    }

    /// <summary>Goes on where stored values ended; of what some shards have beyond it nothing is taken.</summary>
    public void ResumeAt(uint end)
    {
        End = end;
        foreach (var shard in _shards)
        {
            for (var slot = 0; slot < shard.Count; slot++)
            {
                for (var bucket = end; bucket <= shard.Times[slot].Last; bucket++)
                    shard.Forget(slot, bucket);
                shard.Times[slot] = shard.Times[slot] with { Last = Math.Min(shard.Times[slot].Last, end - 1) };
            }
        }
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
        Span<double> values = stackalloc double[layout.Metrics.Count];
        for (var metric = 0; metric < values.Length; metric++)
        {
            if (table.TryGetColumn(layout.Metrics[metric], out var column))
                shard.Scale(slot, metric, column);
        }
        for (var row = 0; row < table.Rows; row++)
        {
            for (var metric = 0; metric < values.Length; metric++)
                values[metric] = table.TryGetColumn(layout.Metrics[metric], out var column) ? column[row] : double.NaN;
            Put(place, layout.BucketOf(table.Times[row]), values);
        }
    }

    /// <summary>Drops entities that had no row since a bucket.</summary>
    /// <returns>How many.</returns>
    public int Drop(uint before) => Drop((_, place) => At(place).Shard.Times[place % EntityShard.Most].Last < before);

    /// <summary>Drops all other entities.</summary>
    public void Keep(IReadOnlySet<string> keys) => Drop((key, _) => !keys.Contains(key));

    private int Drop(Func<string, int, bool> isOver)
    {
        var count = 0;
        foreach (var (key, place) in _places.Where(one => isOver(one.Key, one.Value)).ToList())
        {
            _places.Remove(key);
            At(place).Shard.Clear(place % EntityShard.Most, null);
            _free.Push(place);
            count++;
        }
        return count;
    }
}
