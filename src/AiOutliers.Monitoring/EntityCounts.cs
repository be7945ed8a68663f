namespace AiOutliers.Monitoring;

/// <summary>The state of entities on this node, in numbers.</summary>
public sealed record EntityCounts
{
    public static readonly EntityCounts None = new();

    /// <summary>By monitor: entities whose state is in memory.</summary>
    public IReadOnlyDictionary<string, int> Entities { get; init; } = new Dictionary<string, int>();

    /// <summary>What they take in memory.</summary>
    public long Bytes { get; init; }

    /// <summary>Series that the detector judged, since the start.</summary>
    public long Judged { get; init; }

    /// <summary>Series of which it was clear without the detector that they are ordinary.</summary>
    public long Skipped { get; init; }

    /// <summary>Entities whose state came from the store.</summary>
    public long Loaded { get; init; }

    /// <summary>Entities whose whole values were asked of the data source: new ones, and lost state.</summary>
    public long Rebuilt { get; init; }
}
