using System.Globalization;
using AiOutliers.Detection.Incidents;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>
/// From what a window's run found to what changes in the incidents: opened, grown, closed after three ordinary buckets, reopened within an
/// hour. Pure: the same window over the same incidents changes the same.
/// </summary>
internal sealed class IncidentLife(string monitor, long revision, MonitorSpec spec, long now)
{
    /// <summary>Fewer would close and reopen what flickers.</summary>
    public const int OrdinaryBuckets = 3;

    /// <summary>What comes again within this is the same incident.</summary>
    public const long ReopenMilliseconds = 3_600_000;

    private const long Forgotten = 86_400_000;

    /// <summary>One and a half times the threshold of an alarm.</summary>
    public const double Clear = 60;

    private const long Weak = 6;

    private readonly IReadOnlyList<string> _metrics = spec.Series.MetricNames;

    /// <summary>A rise of the severity that is worth a line in the history.</summary>
    public const double Rise = 10;

    /// <param name="known">The monitor's incidents that are not closed, and those closed recently.</param>
    /// <param name="window">What the run found.</param>
    public IReadOnlyList<IncidentChange> Changes(IReadOnlyList<StoredIncident> known, WindowResult window)
    {
        var changes = new Dictionary<string, IncidentChange>(StringComparer.Ordinal);
        // Of each series its own: of ten thousand that are all odd at once, to look through all for each would take minutes.
        var series = known.GroupBy(static incident => (incident.EntityKey, incident.Metric))
            .ToDictionary(static group => group.Key, static group => group.ToDictionary(static one => one.Id));
        foreach (var finding in window.Findings.OrderBy(static finding => finding.Incident.Start))
        {
            var own = (IncidentFacts.KeyOf(finding.Key), finding.Metric);
            var same = series.TryGetValue(own, out var incidents) ? Same(incidents.Values, finding, window.Step) : null;
            if (same is null && !IsWorthTelling(finding, window))
                continue;
            var change = same is null ? Opened(finding) : Grown(same, finding, changes.GetValueOrDefault(same.Id));
            changes[change.Incident.Id] = change;
            (incidents ?? (series[own] = []))[change.Incident.Id] = change.Incident;
        }
        var judged = new Lazy<HashSet<string>>(() => window.Judged.Select(IncidentFacts.KeyOf).ToHashSet(StringComparer.Ordinal));
        foreach (var incident in known.Where(incident => incident.ClosedAt is null && !changes.ContainsKey(incident.Id)))
        {
            if (WhyOver(incident, window, judged) is { } why)
                changes[incident.Id] = IncidentChange.Closing(incident, why, now);
        }
        return [.. changes.Values];
    }

    /// <summary>Null where it may go on. An entity that is gone, or that a filter leaves out, is never ordinary again.</summary>
    private string? WhyOver(StoredIncident incident, WindowResult window, Lazy<HashSet<string>> judged) =>
        (window.To - incident.EndedAt) switch
        {
            _ when !_metrics.Contains(incident.Metric) => $"its monitor does not watch {incident.Metric} any more",
            _ when !IsOfThisSplit(incident) => "its monitor splits its data another way now",
            var since when since < OrdinaryBuckets * window.Step || judged.Value.Count == 0 => null,
            _ when judged.Value.Contains(incident.EntityKey) => $"ordinary for {OrdinaryBuckets} buckets",
            >= Forgotten => "its entity was not judged for a day",
            _ => null,
        };

    /// <summary>An outage of the whole data source has no entity, however it is split.</summary>
    private bool IsOfThisSplit(StoredIncident incident)
    {
        var by = IncidentFacts.KeyFrom(incident.EntityKey).Parts.Select(static part => part.Key).ToHashSet();
        return by.SetEquals(spec.Series.By) || by.Count == 0 && incident.Kind == IncidentFacts.NameOf(IncidentKind.Outage);
    }

    /// <summary>
    /// What is hardly an alarm must have been found, too, by every run for as long as it must last, or for a sixth of its length: chance
    /// seldom is.
    /// </summary>
    private bool IsWorthTelling(Finding finding, WindowResult window) =>
        finding.Incident.Severity >= spec.MinSeverity
        && finding.Incident.End - finding.Incident.Start >= spec.MinDuration.TotalMilliseconds
        && (finding.Incident.Severity >= Clear
            || spec.MinDuration == TimeSpan.Zero
            || window.To - window.Step - (finding.Since ?? window.From)
                >= Math.Max(spec.MinDuration.TotalMilliseconds, (finding.Incident.End - finding.Incident.Start) / Weak));

    /// <summary>The same by its id, or because it overlaps or follows within the time in which an incident may reopen.</summary>
    private StoredIncident? Same(IEnumerable<StoredIncident> incidents, Finding finding, long step)
    {
        var id = IncidentFacts.IdOf(monitor, finding);
        return incidents.Where(incident => incident.Id == id || Touches(incident, finding, step))
            .MaxBy(static incident => incident.EndedAt);
    }

    private static bool Touches(StoredIncident incident, Finding finding, long step) =>
        finding.Incident.Start <= incident.EndedAt + Math.Max(ReopenMilliseconds, OrdinaryBuckets * step)
        && finding.Incident.End >= incident.StartedAt - step;

    private IncidentChange Opened(Finding finding)
    {
        var incident = IncidentFacts.Of(monitor, revision, finding, now);
        return new(incident, IsNew: true, IncidentEvent.Opened, incident.Reason);
    }

    /// <summary>
    /// The begin stays what the first judgement said, and what people were told. Later ones say it anew, and the earliest of many is too
    /// early: generator, seeds 8800 to 9186: by an hour for 26 % of incidents, beside 8 %.
    /// </summary>
    private IncidentChange Grown(StoredIncident known, Finding finding, IncidentChange? earlier)
    {
        var found = finding.Incident;
        var (isWorse, wasClosed) = (found.Severity > known.Severity, known.ClosedAt is not null);
        var grown = (isWorse ? IncidentFacts.WithPeak(known, found) : known) with
        {
            EndedAt = Math.Max(known.EndedAt, found.End),
            UpdatedAt = now,
            ClosedAt = null,
            State = wasClosed ? IncidentStates.Open : known.State,
        };
        if (earlier is { IsNew: true })
            return earlier with { Incident = grown };
        if (wasClosed && found.End <= known.EndedAt)
            return new(known, IsNew: false);
        if (wasClosed)
            return new(grown, IsNew: false, IncidentEvent.Reopened, found.Reason);
        var rise = string.Create(CultureInfo.InvariantCulture, $"severity {known.Severity:0} → {found.Severity:0}: {found.Reason}");
        return found.Severity >= known.Severity + Rise || IncidentFacts.KindOf(found) != known.Kind && isWorse
            ? new(grown, IsNew: false, IncidentEvent.Grew, rise)
            : new(grown, IsNew: false, earlier?.Event, earlier?.Detail);
    }
}
