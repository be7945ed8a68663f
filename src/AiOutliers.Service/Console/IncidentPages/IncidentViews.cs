using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.IncidentPages;

/// <param name="IsOn">Whether monitors run here at all.</param>
/// <param name="Filter">What is shown.</param>
/// <param name="Incidents">The newest first.</param>
/// <param name="Failure">Why there are none; null where nothing failed.</param>
public sealed record IncidentsView(bool IsOn, IncidentsFilter Filter, IReadOnlyList<StoredIncident> Incidents, ConsoleFailure? Failure);

/// <param name="Incident">What was found.</param>
/// <param name="History">What has become of it.</param>
/// <param name="Members">Those that are a part of it.</param>
/// <param name="Series">Its series around its time; null where the monitor is gone, or cannot be asked for by conditions.</param>
public sealed record IncidentView(
    StoredIncident Incident, IReadOnlyList<IncidentEvent> History, IReadOnlyList<StoredIncident> Members, ExploreState? Series)
{
    /// <summary>The messages about it, the newest first.</summary>
    public IReadOnlyList<OutboxRow> Told { get; init; } = [];
}
