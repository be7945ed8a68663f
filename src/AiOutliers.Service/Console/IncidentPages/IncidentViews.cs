using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.IncidentPages;

/// <param name="IsOn">Whether monitors run here at all.</param>
/// <param name="Filter">What is shown.</param>
/// <param name="Incidents">The newest first.</param>
/// <param name="Failure">Why there are none; null where nothing failed.</param>
public sealed record IncidentsView(bool IsOn, IncidentsFilter Filter, IReadOnlyList<StoredIncident> Incidents, ConsoleFailure? Failure)
{
    /// <summary>The call of version 2 that answers the same; null where nothing was asked for.</summary>
    public string? Call { get; init; }

    /// <summary>The time of the monitors, in a replay another than the page's; null where none run.</summary>
    public DateTimeOffset? Now { get; init; }
}

/// <param name="Incident">What was found.</param>
/// <param name="History">What has become of it.</param>
/// <param name="Members">Those that are a part of it.</param>
/// <param name="Series">Its series around its time; null where the monitor is gone, or cannot be asked for by conditions.</param>
public sealed record IncidentView(
    StoredIncident Incident, IReadOnlyList<IncidentEvent> History, IReadOnlyList<StoredIncident> Members, MonitoredSeries? Series)
{
    private const int MostMeanwhile = 10;

    /// <summary>The messages about it, the newest first.</summary>
    public IReadOnlyList<OutboxRow> Told { get; init; } = [];

    /// <summary>How many members there are; of many only the most severe are shown.</summary>
    public long AllMembers { get; init; }

    /// <summary>Others of the same time, the nearest first.</summary>
    public IReadOnlyList<StoredIncident> Meanwhile { get; init; } = [];

    public string Title => $"{Incident.Kind.Replace('_', ' ')} of {Incident.Metric}";

    public string Heading => Incident.Entity.Length > 0 ? $"{Title}, {Incident.Entity}" : Title;

    public string Address => AddressOf(Incident.Id);

    public static string AddressOf(string id) => $"{ConsolePages.Incidents}/{Uri.EscapeDataString(id)}";

    /// <summary>Neither itself, nor its members, nor its parent.</summary>
    public static IReadOnlyList<StoredIncident> Nearest(StoredIncident incident, IReadOnlyList<StoredIncident> found) =>
    [
        .. found.Where(other => other.Id != incident.Id && other.Id != incident.Parent && other.Parent != incident.Id)
            .OrderBy(other => Math.Abs(other.StartedAt - incident.StartedAt)).Take(MostMeanwhile),
    ];

    /// <summary>Where the causes of its whole time are shown.</summary>
    public string CausesAddress(MonitoredSeries series) => series.State.Address(
        CausesRoutes.Path,
        KeyValuePair.Create("window", $"{Incident.StartedAt}/{Incident.EndedAt}"),
        KeyValuePair.Create("of", Incident.Metric));
}
