namespace AiOutliers.Monitoring.Incidents;

/// <summary>
/// What becomes of incidents when a window that was judged before is judged again with more rows, and does not show them any more. Pure.
/// </summary>
internal static class IncidentRevision
{
    /// <param name="known">The incidents before.</param>
    /// <param name="changes">What the window changes anyway.</param>
    /// <param name="window">What was found now.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<IncidentChange> Of(
        IReadOnlyList<StoredIncident> known, IReadOnlyList<IncidentChange> changes, WindowResult window, long now)
    {
        var judged = window.Judged.Select(IncidentFacts.KeyOf).ToHashSet(StringComparer.Ordinal);
        var changed = changes.Select(static change => change.Incident.Id).ToHashSet(StringComparer.Ordinal);
        var found = window.Findings.ToLookup(static finding => (IncidentFacts.KeyOf(finding.Key), finding.Metric));
        return known
            .Where(incident => incident.StartedAt < window.To && incident.EndedAt > window.From)
            .Where(incident => judged.Contains(incident.EntityKey) && !changed.Contains(incident.Id)
                && !found[(incident.EntityKey, incident.Metric)].Any(finding => IsOf(finding, window)))
            .Select(incident => Without(incident, window, now));
    }

    private static bool IsOf(Finding finding, WindowResult window) =>
        finding.Incident.Start < window.To && finding.Incident.End > window.From;

    private static IncidentChange Without(StoredIncident incident, WindowResult window, long now)
    {
        var start = incident.StartedAt >= window.From ? window.To : incident.StartedAt;
        var end = incident.EndedAt <= window.To ? window.From : incident.EndedAt;
        if (start < end)
            return new(
                incident with { StartedAt = start, EndedAt = end, UpdatedAt = now }, IsNew: false, IncidentEvent.Revised,
                "a part of it is ordinary");
        var closed = incident with { State = IncidentStates.Closed, ClosedAt = incident.ClosedAt ?? now, UpdatedAt = now };
        return incident.ClosedAt is null
            ? new(closed, false, IncidentEvent.Closed, "it was ordinary after all")
            : new(closed, false, IncidentEvent.Revised, "it was ordinary after all");
    }
}
