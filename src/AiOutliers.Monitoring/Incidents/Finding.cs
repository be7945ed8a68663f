using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>An incident that a run found.</summary>
/// <param name="Key">The entity.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Incident">What was found.</param>
public sealed record Finding(SeriesKey Key, string Metric, Incident Incident)
{
    /// <summary>Its series has stood out in each window from this time on; null where nobody knows.</summary>
    public long? Since { get; init; }
}
