namespace AiOutliers.Monitoring.Entities;

/// <summary>Where each entity is: a place in one of the shards. Places of entities that are gone are taken again.</summary>
internal sealed class EntityPlaces(EntityLayout layout)
{
    private readonly List<EntityShard> _shards = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Stack<int> _free = [];

    /// <summary>Whether new shards keep the values themselves.</summary>
    public bool AreExact { get; set; }

    public IReadOnlyList<EntityShard> Shards => _shards;

    public int Entities => _places.Count;

    /// <summary>How many places there are; some may be free.</summary>
    public int Count => _shards.Count == 0 ? 0 : (_shards.Count - 1) * EntityShard.Most + _shards[^1].Count;

    public (EntityShard Shard, int Slot) At(int place) => (_shards[place / EntityShard.Most], place % EntityShard.Most);

    public bool TryFind(string key, out int place) => _places.TryGetValue(key, out place);

    public int Add(string key)
    {
        if (!_free.TryPop(out var place))
        {
            if (_shards.Count == 0 || _shards[^1].Count == EntityShard.Most)
                _shards.Add(new(layout, AreExact));
            place = (_shards.Count - 1) * EntityShard.Most + _shards[^1].Add(key);
        }
        else
        {
            At(place).Shard.Clear(place % EntityShard.Most, key);
        }
        _places.Add(key, place);
        return place;
    }

    /// <summary>Makes a bucket missing in all series.</summary>
    public void Forget(uint bucket) => _shards.ForEach(shard => shard.Forget(bucket));

    /// <summary>Makes all buckets from this one on missing in all series.</summary>
    public void ForgetFrom(uint end)
    {
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

    /// <summary>Drops entities.</summary>
    /// <returns>How many.</returns>
    public int Drop(Func<string, EntityTimes, bool> isOver)
    {
        var over = _places.Where(one => isOver(one.Key, At(one.Value).Shard.Times[one.Value % EntityShard.Most])).ToList();
        foreach (var (key, place) in over)
        {
            _places.Remove(key);
            At(place).Shard.Clear(place % EntityShard.Most, null);
            _free.Push(place);
        }
        return over.Count;
    }
}
