using System.Data.Common;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Runs the next window of a monitor. Run, incidents, alerts and the step to the next window are one transaction: a window is judged once,
/// whoever else tries.
/// </summary>
internal sealed class MonitorRunner(Database database, WindowJudge judge, WindowSaving saving, TimeProvider clock)
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
        var at = new MonitorWindow(stored, monitor, window);
        if (stored.NextFrom is not null && window.SkippedUntil(monitor.Spec, now) is { } until)
            return await SkipAsync(at with { Window = window with { To = until } }, cancellation);
        try
        {
            var mayWait = now < window.To + (monitor.Spec.Delay + monitor.Spec.Wait).TotalMilliseconds;
            var judged = await judge.JudgeAsync(at, mayWait, cancellation);
            if (judged.State == RunStates.Waiting)
            {
                var waiting = at.Run(RunStates.Waiting, Now()) with { Reason = judged.Reason, RowsRead = judged.RowsRead };
                return await database.WriteAsync(transaction => PutOffAsync(transaction, waiting), cancellation);
            }
            return await saving.SaveAsync(
                at, judged, RunPurpose.Due, (transaction, run) => StepAsync(transaction, run, stored), cancellation);
        }
        catch (AiOutliersException error)
        {
            var run = at.Run(RunStates.Failed, Now()) with { Reason = error.Message };
            return await database.WriteAsync(transaction => PutOffAsync(transaction, run), cancellation);
        }
    }

    private static async Task<bool> StepAsync(DbTransaction transaction, StoredRun run, StoredMonitor stored) =>
        await RunStore.AdvanceAsync(transaction, run, stored.NextFrom) && await RunStore.SaveAsync(transaction, run);

    private static async Task<StoredRun> PutOffAsync(DbTransaction transaction, StoredRun run)
    {
        await RunStore.PinAsync(transaction, run);
        await RunStore.SaveAsync(transaction, run);
        return run;
    }

    private Task<StoredRun> SkipAsync(MonitorWindow at, CancellationToken cancellation) => database.WriteAsync(async transaction =>
    {
        var run = at.Run(RunStates.Skipped, Now()) with { Reason = "missed for longer than catchUp; it is backfilled without alerts" };
        if (!await StepAsync(transaction, run, at.Stored))
            throw new WindowTakenException();
        return run;
    }, cancellation);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
