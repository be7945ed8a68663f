using AiOutliers.Druid.Query;

namespace AiOutliers.Monitoring.Runs;

/// <summary>A query of as many entities as a monitor may have.</summary>
/// <param name="Query">The query.</param>
internal sealed record BoundQuery(DruidQuery Query)
{
    /// <summary>What to say where others were left out.</summary>
    public string? Words { get; init; }

    /// <summary>Those that were not, as <see cref="Entities.EntityKeys"/> writes them; null for all.</summary>
    public IReadOnlySet<string>? Keys { get; init; }
}
