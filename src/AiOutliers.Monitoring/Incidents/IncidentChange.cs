namespace AiOutliers.Monitoring.Incidents;

/// <summary>What a run changes in one incident.</summary>
/// <param name="Incident">As it is afterwards.</param>
/// <param name="IsNew">Whether it was not there before.</param>
/// <param name="Event">The line of its history; null when it only lasts longer.</param>
/// <param name="Detail">In words.</param>
public sealed record IncidentChange(StoredIncident Incident, bool IsNew, string? Event = null, string? Detail = null)
{
    /// <summary>It is over.</summary>
    public static IncidentChange Closing(StoredIncident incident, string why, long now) => new(
        incident with { State = IncidentStates.Closed, ClosedAt = now, UpdatedAt = now }, IsNew: false, IncidentEvent.Closed, why);

    /// <summary>More lines of its history.</summary>
    public IReadOnlyList<IncidentNote> Notes { get; init; } = [];
}
