using System.Data.Common;
using System.Text.Json;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Runs;

/// <summary>What a judged window changes: run, incidents, their history and the alerts, in one transaction.</summary>
internal sealed class WindowSaving(Database database, IncidentCauses causes, string? publicUrl, TimeProvider clock)
{
    /// <param name="at">The window.</param>
    /// <param name="judged">What was found in it.</param>
    /// <param name="purpose">Why it was judged.</param>
    /// <param name="takeAsync">Writes the run; false when somebody else has judged the window meanwhile.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WindowTakenException">Somebody else has; nothing was written.</exception>
    public async Task<StoredRun> SaveAsync(
        MonitorWindow at, JudgedWindow judged, RunPurpose purpose, Func<DbTransaction, StoredRun, Task<bool>> takeAsync,
        CancellationToken cancellation)
    {
        var explained = await ExplainAsync(at, judged, purpose, cancellation);
        return await database.WriteAsync(async transaction =>
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await MonitorStore.LockAsync(transaction, at.Stored.Name);
            var known = await KnownAsync(transaction, at);
            var changes = IncidentParents.Join(
                [.. Changes(at, judged, purpose, known, now).Select(change => WithCauses(change, explained))],
                known, at.Document.Spec.Series.Step, now);
            var run = Run(at, judged, now) with { Incidents = changes.Count(static change => change.Event is not null) };
            if (!await takeAsync(transaction, run))
                throw new WindowTakenException();
            await WriteAsync(transaction, at, changes, purpose.Tells, now);
            return run;
        }, cancellation);
    }

    /// <summary>Incidents, their history and, unless the run is silent, the alerts.</summary>
    public async Task WriteAsync(
        DbTransaction transaction, MonitorWindow at, IReadOnlyList<IncidentChange> changes, bool tells, long now)
    {
        if (changes.Any(static change => change.IsNew))
            await database.LockAsync(transaction, DatabaseLock.Series, shared: true);
        foreach (var change in changes)
            await IncidentWriting.WriteAsync(transaction, change, now);
        if (tells)
            await new AlertPlan(at.Document, publicUrl, at.Window.To, now).WriteAsync(transaction, changes);
    }

    private static IReadOnlyList<IncidentChange> Changes(
        MonitorWindow at, JudgedWindow judged, RunPurpose purpose, IReadOnlyList<StoredIncident> known, long now)
    {
        var changes = new IncidentLife(at.Stored.Name, at.Stored.Revision, at.Document.Spec, now).Changes(known, judged.Result);
        return purpose.Of(changes, known, judged.Result, at.Stored.NextFrom, now);
    }

    private static IncidentChange WithCauses(IncidentChange change, IReadOnlyDictionary<string, string> explained) =>
        change.IsNew && explained.TryGetValue(change.Incident.Id, out var text)
            ? change with { Incident = change.Incident with { Causes = text } }
            : change;

    private static Task<IReadOnlyList<StoredIncident>> KnownAsync(DbTransaction transaction, MonitorWindow at) =>
        IncidentWriting.OfMonitorAsync(transaction, at.Stored.Name, at.Window.From - 2 * IncidentLife.ReopenMilliseconds);

    /// <summary>Before the transaction: queries may take seconds.</summary>
    private async Task<IReadOnlyDictionary<string, string>> ExplainAsync(
        MonitorWindow at, JudgedWindow judged, RunPurpose purpose, CancellationToken cancellation)
    {
        if (!purpose.Tells || at.Document.Spec.Explain.Count == 0 || judged.Result.Findings.Count == 0)
            return new Dictionary<string, string>();
        var known = await database.WriteAsync(transaction => KnownAsync(transaction, at), cancellation);
        var changes = Changes(at, judged, purpose, known, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return await causes.OfAsync(at.Document.Spec, changes, cancellation);
    }

    private static StoredRun Run(MonitorWindow at, JudgedWindow judged, long now) => at.Run(judged.State, now) with
    {
        Reason = judged.Reason,
        RowsRead = judged.RowsRead,
        Judged = judged.Result.Judged.Count(static key => !key.IsNone) is var many && many > 0 ? many : judged.Result.Judged.Count,
        NotJudged = judged.NotJudged.Count > 0 ? JsonSerializer.Serialize(judged.NotJudged, YamlJson.Readable) : null,
        SourceMilliseconds = (long)judged.Source.TotalMilliseconds,
        JudgingMilliseconds = (long)judged.Judging.TotalMilliseconds,
    };
}
