using System.Globalization;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>
/// Incidents of one monitor that overlap in time and are of the same entity, or have a cause in common, count as one: the first of them is
/// the parent of the others. A parent stays open while one of its members does. Pure.
/// </summary>
internal static class IncidentParents
{
    /// <summary>Names that a line of the history lists.</summary>
    private const int MostNames = 3;

    /// <param name="changes">What a window changes.</param>
    /// <param name="known">The incidents before.</param>
    /// <param name="step">The width of a bucket.</param>
    /// <param name="now">The time.</param>
    /// <returns>The same changes with parents, and what becomes of these.</returns>
    public static IReadOnlyList<IncidentChange> Join(
        IReadOnlyList<IncidentChange> changes, IReadOnlyList<StoredIncident> known, long step, long now)
    {
        var after = changes.ToDictionary(static change => change.Incident.Id, StringComparer.Ordinal);
        Leave(after, known);
        var roots = new IncidentRoots(step);
        foreach (var incident in known.Select(incident => after.GetValueOrDefault(incident.Id)?.Incident ?? incident))
            roots.Add(incident);
        foreach (var change in changes.Where(static change => change.IsNew)
            .OrderBy(static change => change.Incident.StartedAt).ThenByDescending(static change => change.Incident.Severity)
            .ThenBy(static change => change.Incident.Id, StringComparer.Ordinal))
        {
            var incident = change.Incident with { Parent = roots.Of(change.Incident)?.Id };
            after[incident.Id] = change with { Incident = incident };
            roots.Add(incident);
        }
        Raise(after, known, now);
        StayOpen(after, known);
        return [.. after.Values];
    }

    /// <summary>What comes again after its parent is over stands for itself.</summary>
    private static void Leave(Dictionary<string, IncidentChange> after, IReadOnlyList<StoredIncident> known)
    {
        var open = known.Where(incident => (after.GetValueOrDefault(incident.Id)?.Incident ?? incident).ClosedAt is null)
            .Select(static incident => incident.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, change) in after.ToList())
        {
            if (change is { Event: IncidentEvent.Reopened, Incident.Parent: { } parent } && !open.Contains(parent))
                after[id] = change with
                {
                    Incident = change.Incident with { Parent = null },
                    Notes = [.. change.Notes, new(IncidentEvent.Left, $"its parent {parent[..8]} is over")],
                };
        }
    }

    /// <summary>A parent is as severe as the worst of its members, and its history names those that join.</summary>
    private static void Raise(Dictionary<string, IncidentChange> after, IReadOnlyList<StoredIncident> known, long now)
    {
        var before = known.ToDictionary(static incident => incident.Id, StringComparer.Ordinal);
        foreach (var members in after.Values.Where(static change => change.Incident.Parent is not null && change.Event is not null)
            .GroupBy(static change => change.Incident.Parent!, StringComparer.Ordinal).ToList())
        {
            if (after.GetValueOrDefault(members.Key) is not { } parent)
            {
                if (!before.TryGetValue(members.Key, out var other))
                    continue;
                parent = new(other with { UpdatedAt = now }, IsNew: false);
            }
            var joined = members.Where(static change => change.IsNew).Select(static change => change.Incident).ToList();
            var raised = WithSeverity(parent, members.MaxBy(static change => change.Incident.Severity)!.Incident);
            after[members.Key] = joined.Count == 0 ? raised : raised with
            {
                Notes = [.. raised.Notes, new(IncidentEvent.Joined, Names(joined))],
            };
        }
    }

    private static IncidentChange WithSeverity(IncidentChange parent, StoredIncident worst)
    {
        var before = parent.Incident.Severity;
        if (worst.Severity <= before)
            return parent;
        var raised = parent with { Incident = parent.Incident with { Severity = worst.Severity } };
        return parent.Event is not null || worst.Severity < before + IncidentLife.Rise ? raised : raised with
        {
            Event = IncidentEvent.Grew,
            Detail = string.Create(CultureInfo.InvariantCulture, $"severity {before:0} → {worst.Severity:0}: {NameOf(worst)}"),
        };
    }

    private static void StayOpen(Dictionary<string, IncidentChange> after, IReadOnlyList<StoredIncident> known)
    {
        var parents = known.Select(incident => after.GetValueOrDefault(incident.Id)?.Incident ?? incident)
            .Concat(after.Values.Where(static change => change.IsNew).Select(static change => change.Incident))
            .Where(static incident => incident is { ClosedAt: null, Parent: not null })
            .Select(static incident => incident.Parent!).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, _) in after.Where(one => one.Value.Event == IncidentEvent.Closed && parents.Contains(one.Key)).ToList())
            after.Remove(id);
    }

    private static string Names(List<StoredIncident> joined) =>
        string.Join("; ", joined.Take(MostNames).Select(NameOf))
        + (joined.Count > MostNames ? $" and {joined.Count - MostNames} more" : "");

    private static string NameOf(StoredIncident incident) =>
        incident.Entity.Length == 0 ? incident.Metric : $"{incident.Metric} of {incident.Entity}";
}
