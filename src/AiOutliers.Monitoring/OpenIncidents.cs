namespace AiOutliers.Monitoring;

/// <summary>How many incidents of a monitor are not closed, by severity.</summary>
public sealed record OpenIncidents
{
    public string Monitor { get; init; } = "";

    /// <summary>low, high (from 75) or critical (from 90).</summary>
    public string Severity { get; init; } = "";

    public long Count { get; init; }
}
