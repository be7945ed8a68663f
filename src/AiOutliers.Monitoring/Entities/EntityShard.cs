namespace AiOutliers.Monitoring.Entities;

/// <summary>Up to 1,024 entities with their values. A slot without a key is free.</summary>
internal sealed class EntityShard(EntityLayout layout, bool isExact = false) : EntityRings(layout, isExact)
{
    public const int Most = 1024;

    private const int FewEntities = 4;

    /// <summary>Slots that are or were taken.</summary>
    public int Count { get; private set; }

    public string?[] Keys { get; private set; } = [];

    public EntityTimes[] Times { get; private set; } = [];

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
        var (keys, times) = (Keys, Times);
        Array.Resize(ref keys, entities);
        Array.Resize(ref times, entities);
        (Keys, Times) = (keys, times);
        Make(entities);
    }

    /// <summary>Empties a slot, for another entity or none.</summary>
    public void Clear(int slot, string? key)
    {
        Keys[slot] = key;
        Times[slot] = default;
        Empty(slot);
    }

    /// <summary>Makes a bucket missing in all series.</summary>
    public void Forget(uint bucket)
    {
        for (var slot = 0; slot < Count; slot++)
            Forget(slot, bucket);
    }
}
