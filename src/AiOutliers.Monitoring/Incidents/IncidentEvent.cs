namespace AiOutliers.Monitoring.Incidents;

/// <summary>One line of an incident's history, which only grows.</summary>
public sealed record IncidentEvent
{
    public const string Opened = "opened", Grew = "grew", Closed = "closed", Reopened = "reopened",
        Acknowledged = "acknowledged", Verdict = "verdict", Comment = "comment", Causes = "causes",
        Revised = "revised", Joined = "joined", Left = "left";

    public long Id { get; init; }

    public string Incident { get; init; } = "";

    /// <summary>Milliseconds since 1970.</summary>
    public long At { get; init; }

    /// <summary>One of the words above.</summary>
    public string Kind { get; init; } = "";

    public string Actor { get; init; } = "";

    /// <summary>In words.</summary>
    public string? Detail { get; init; }
}
