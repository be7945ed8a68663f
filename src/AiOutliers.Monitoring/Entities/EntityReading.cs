namespace AiOutliers.Monitoring.Entities;

/// <summary>What is known of a data source, and what of it has still to be read into a state.</summary>
internal sealed class EntityReading
{
    /// <summary>Whether it is known since when there is data, how many rows are usual, and which entities there are.</summary>
    public bool IsBegun { get; set; }

    /// <summary>Whether entities may be missing that the data source knows.</summary>
    public bool IsPartial { get; set; }

    /// <summary>Where the data source begins, in milliseconds since 1970; null when unknown.</summary>
    public long? DataFrom { get; set; }

    /// <summary>Rows of all entities, by the time of the bucket: of the last days.</summary>
    public Dictionary<long, double> Rows { get; } = [];

    /// <summary>Entities that are known to be there, and whose values have not been asked for yet.</summary>
    public Queue<string> Pending { get; } = [];

    /// <summary>While all entities are read together, from the newest bucket back: about how many there are. Else 0.</summary>
    public int Together { get; set; }

    /// <summary>While they are: the oldest bucket that was read; null before the first.</summary>
    public uint? ReadFrom { get; set; }
}
