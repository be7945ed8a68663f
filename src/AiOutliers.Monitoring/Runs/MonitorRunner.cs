using System.Data.Common;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Runs the next window of a monitor. Run, incidents, alerts and the step to the next window are one transaction: a window is judged once,
/// whoever else tries.
/// </summary>
internal sealed class MonitorRunner(
    Database database, WindowJudge judge, IncidentCauses causes, string? publicUrl, TimeProvider clock)
{
    /// <param name="stored">The monitor.</param>
    /// <param name="monitor">Its document.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The run; null when no window is due.</returns>
    public async Task<StoredRun?> RunNextAsync(StoredMonitor stored, MonitorDocument monitor, CancellationToken cancellation)
    {
        var now = Now();
        var window = Window.Next(monitor.Spec, stored.NextFrom, now);
        if (!window.IsDue(monitor.Spec, now))
            return null;
        if (stored.NextFrom is not null && window.SkippedUntil(monitor.Spec, now) is { } until)
            return await SkipAsync(stored, window with { To = until }, cancellation);
        try
        {
            var mayWait = now < window.To + (monitor.Spec.Delay + monitor.Spec.Wait).TotalMilliseconds;
            var judged = await judge.JudgeAsync(monitor, window, mayWait, cancellation);
            var explained = await ExplainAsync(stored, monitor, window, judged, cancellation);
            return await SaveAsync(stored, monitor, window, judged, explained, cancellation);
        }
        catch (AiOutliersException error)
        {
            var run = Run(stored, window, RunStates.Failed) with { Reason = error.Message };
            return await database.WriteAsync(transaction => PutOffAsync(transaction, run), cancellation);
        }
    }

    private Task<StoredRun> SaveAsync(
        StoredMonitor stored, MonitorDocument monitor, Window window, JudgedWindow judged,
        IReadOnlyDictionary<string, string> explained, CancellationToken cancellation) =>
        database.WriteAsync(async transaction =>
        {
            var now = Now();
            var run = Run(stored, window, judged.State) with
            {
                Reason = judged.Reason,
                RowsRead = judged.RowsRead,
                Judged = judged.Result.Judged.Count(static key => !key.IsNone) is var many && many > 0 ? many : judged.Result.Judged.Count,
                NotJudged = judged.NotJudged.Count > 0 ? JsonSerializer.Serialize(judged.NotJudged, YamlJson.Readable) : null,
                SourceMilliseconds = (long)judged.Source.TotalMilliseconds,
                JudgingMilliseconds = (long)judged.Judging.TotalMilliseconds,
            };
            if (judged.State == RunStates.Waiting)
                return await PutOffAsync(transaction, run);
            var known = await IncidentWriting.OfMonitorAsync(transaction, stored.Name, window.From - 2 * IncidentLife.ReopenMilliseconds);
            var changes = new IncidentLife(stored.Name, stored.Revision, monitor.Spec, now).Changes(known, judged.Result);
            run = run with { Incidents = changes.Count(static change => change.Event is not null) };
            if (!await RunStore.AdvanceAsync(transaction, run, stored.NextFrom) || !await RunStore.SaveAsync(transaction, run))
                throw new WindowTakenException();
            changes = [.. changes.Select(change => explained.TryGetValue(change.Incident.Id, out var text) && change.IsNew
                ? change with { Incident = change.Incident with { Causes = text } }
                : change)];
            foreach (var change in changes)
                await IncidentWriting.WriteAsync(transaction, change, now);
            await new AlertPlan(monitor, publicUrl, window.To, now).WriteAsync(transaction, changes);
            return run;
        }, cancellation);

    /// <summary>Before the transaction: queries may take seconds.</summary>
    private async Task<IReadOnlyDictionary<string, string>> ExplainAsync(
        StoredMonitor stored, MonitorDocument monitor, Window window, JudgedWindow judged, CancellationToken cancellation)
    {
        if (monitor.Spec.Explain.Count == 0 || judged.Result.Findings.Count == 0)
            return new Dictionary<string, string>();
        var known = await database.WriteAsync(
            transaction => IncidentWriting.OfMonitorAsync(transaction, stored.Name, window.From - 2 * IncidentLife.ReopenMilliseconds),
            cancellation);
        var changes = new IncidentLife(stored.Name, stored.Revision, monitor.Spec, Now()).Changes(known, judged.Result);
        return await causes.OfAsync(monitor, window, judged.Result, changes, cancellation);
    }

    private static async Task<StoredRun> PutOffAsync(DbTransaction transaction, StoredRun run)
    {
        await RunStore.PinAsync(transaction, run);
        await RunStore.SaveAsync(transaction, run);
        return run;
    }

    private Task<StoredRun> SkipAsync(StoredMonitor stored, Window window, CancellationToken cancellation) =>
        database.WriteAsync(async transaction =>
        {
            var run = Run(stored, window, RunStates.Skipped) with { Reason = "missed for longer than catchUp" };
            if (!await RunStore.AdvanceAsync(transaction, run, stored.NextFrom))
                throw new WindowTakenException();
            await RunStore.SaveAsync(transaction, run);
            return run;
        }, cancellation);

    private StoredRun Run(StoredMonitor stored, Window window, string state) => new()
    {
        Monitor = stored.Name,
        Revision = stored.Revision,
        WindowFrom = window.From,
        WindowTo = window.To,
        State = state,
        FinishedAt = Now(),
    };

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
