using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>Why a window is judged, and what follows from that for its incidents.</summary>
/// <param name="Tells">Whether alerts are sent.</param>
/// <param name="Words">What stands before each line of the histories; null: nothing.</param>
internal sealed record RunPurpose(bool Tells, string? Words)
{
    /// <summary>It is its turn.</summary>
    public static readonly RunPurpose Due = new(Tells: true, null);

    /// <summary>It was missed; no messages are sent about what is long over.</summary>
    public static readonly RunPurpose Backfill = new(Tells: false, "backfill");

    /// <summary>Rows of it came after it was judged.</summary>
    public static RunPurpose Late(string words) => new(Tells: true, words);

    /// <param name="changes">What a window that is due would change.</param>
    /// <param name="known">The incidents before.</param>
    /// <param name="window">What was found.</param>
    /// <param name="judgedUpTo">Where the monitor's next window begins.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<IncidentChange> Of(
        IReadOnlyList<IncidentChange> changes, IReadOnlyList<StoredIncident> known, WindowResult window, long? judgedUpTo, long now)
    {
        if (Words is null)
            return changes;
        IEnumerable<IncidentChange> all = Tells
            ? changes.Concat(IncidentRevision.Of(known, changes, window, now))
            : changes.Select(change => Closed(change, window, judgedUpTo ?? window.To, now));
        return [.. all.Select(change => change.Event is null ? change : change with { Detail = $"{Words}: {change.Detail}" })];
    }

    /// <summary>What was over long before the monitor's next window is closed at once: no later window would do it.</summary>
    private static IncidentChange Closed(IncidentChange change, WindowResult window, long judgedUpTo, long now)
    {
        var incident = change.Incident;
        var isOver = window.To - incident.EndedAt >= IncidentLife.OrdinaryBuckets * window.Step || window.To < judgedUpTo
            && incident.EndedAt < window.To;
        return incident.ClosedAt is null && change.Event is IncidentEvent.Opened or IncidentEvent.Reopened && isOver
            ? change with
            {
                Incident = incident with { State = IncidentStates.Closed, ClosedAt = now },
                Notes = [.. change.Notes, new(IncidentEvent.Closed, "backfill: it is over long since")],
            }
            : change;
    }
}
