namespace AiOutliers.Monitoring.Monitors;

/// <summary>What applying a document changes.</summary>
/// <param name="Kind">Monitor, Contact or Route.</param>
/// <param name="Name">Its name.</param>
/// <param name="Before">The document until now, JSON, without secrets; null for a new one.</param>
/// <param name="After">The new one; null for one that goes.</param>
/// <param name="Revision">The monitor's revision afterwards; 0 for others.</param>
public sealed record DocumentChange(string Kind, string Name, string? Before, string? After, long Revision)
{
    /// <summary>created, changed, unchanged or deleted.</summary>
    public string Word => After is null ? "deleted" : Before is null ? "created" : Before == After ? "unchanged" : "changed";

    /// <summary>The keys whose values differ: <c>spec.minSeverity: 50 → 60</c>.</summary>
    public IEnumerable<string> Differences => Before is null || After is null ? [] : JsonDifference.Of(Before, After);
}
