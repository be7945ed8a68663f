namespace AiOutliers.Monitoring.Incidents;

/// <summary>A series in which an incident was found.</summary>
internal sealed record FoundSeries
{
    /// <summary>Dimension and value, JSON.</summary>
    public string EntityKey { get; init; } = "";

    public string Metric { get; init; } = "";

    /// <summary>The end of its last incident; milliseconds since 1970.</summary>
    public long EndedAt { get; init; }
}
