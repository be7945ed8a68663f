namespace AiOutliers.Monitoring.Monitors;

/// <summary>A monitor as the database has it. Times are milliseconds since 1970.</summary>
public sealed record StoredMonitor
{
    public string Name { get; init; } = "";

    /// <summary>Counts the changes of the document, from 1.</summary>
    public long Revision { get; init; }

    /// <summary>The document, JSON.</summary>
    public string Document { get; init; } = "";

    public long AppliedAt { get; init; }

    /// <summary>When its first revision was applied: with its name it tells it from one of another database.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Where the next window begins; null before the first run.</summary>
    public long? NextFrom { get; init; }

    /// <summary>How the last run ended; null before the first.</summary>
    public string? LastState { get; init; }

    public string? LastReason { get; init; }

    /// <summary>When the last run ended; null before the first.</summary>
    public long? LastAt { get; init; }

    /// <summary>Stretches that were missed and not made up for.</summary>
    public long Skipped { get; init; }

    /// <summary>How many of its incidents are not closed; only a page of monitors knows.</summary>
    public long OpenIncidents { get; init; }

    public bool HasSkipped => Skipped > 0;
}
