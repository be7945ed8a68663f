using System.Data.Common;
using System.Runtime.CompilerServices;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Judges past windows that no run has judged, a day at a time: incidents are kept, alerts are not sent.
/// </summary>
internal sealed class Backfill(Database database, RunStore runs, WindowJudge judge, WindowSaving saving, TimeProvider clock)
{
    /// <param name="stored">The monitor.</param>
    /// <param name="monitor">Its document.</param>
    /// <param name="from">The begin, milliseconds since 1970; the bucket that it lies in is the first.</param>
    /// <param name="to">The end; what the monitor judges by itself is left to it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Each run as it ends; the last one may be a failure.</returns>
    public async IAsyncEnumerable<StoredRun> RunAsync(
        StoredMonitor stored, MonitorDocument monitor, long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var step = monitor.Spec.Series.Step;
        var next = stored.NextFrom ?? await PinAsync(stored, monitor, cancellation);
        var whole = new Window(from / step * step, Math.Min(next, (to + step - 1) / step * step));
        foreach (var window in RunWindows.Open(whole, await runs.JudgedSinceAsync(stored.Name, whole.From, cancellation)).ToList())
        {
            var run = await OneAsync(new(stored with { NextFrom = next }, monitor, window), cancellation);
            yield return run;
            if (run.State == RunStates.Failed)
                yield break;
        }
    }

    /// <summary>Makes up for a piece of what was skipped; null where nothing was.</summary>
    public async Task<StoredRun?> RunSkippedAsync(StoredMonitor stored, MonitorDocument monitor, CancellationToken cancellation)
    {
        if (await runs.FirstSkippedAsync(stored.Name, cancellation) is not { } skipped)
            return null;
        await foreach (var run in RunAsync(stored, monitor, skipped.WindowFrom, skipped.WindowTo, cancellation))
            return run;
        // All of it was judged: a revision has moved the windows.
        await database.WriteAsync(
            transaction => ForgetAsync(transaction, stored.Name, new(skipped.WindowFrom, skipped.WindowTo)), cancellation);
        return null;
    }

    private async Task<StoredRun> OneAsync(MonitorWindow at, CancellationToken cancellation)
    {
        try
        {
            var judged = await judge.JudgePastAsync(at.Document, at.Window, null, cancellation);
            return await saving.SaveAsync(
                at, judged with { Reason = judged.Reason ?? "backfilled" }, RunPurpose.Backfill, SaveAsync, cancellation);
        }
        catch (AiOutliersException error)
        {
            // Nothing is written: the window is as open as it was.
            return at.Run(RunStates.Failed, clock.GetUtcNow().ToUnixTimeMilliseconds()) with { Reason = error.Message };
        }
    }

    private static async Task<bool> SaveAsync(DbTransaction transaction, StoredRun run)
    {
        await RunStore.UnskipAsync(transaction, run.Monitor, new(run.WindowFrom, run.WindowTo));
        return await RunStore.SaveAsync(transaction, run);
    }

    private static async Task<bool> ForgetAsync(DbTransaction transaction, string monitor, Window window)
    {
        await RunStore.UnskipAsync(transaction, monitor, window);
        return true;
    }

    /// <summary>A monitor that has not run yet begins with its last whole window, which is left to it.</summary>
    private async Task<long> PinAsync(StoredMonitor stored, MonitorDocument monitor, CancellationToken cancellation)
    {
        var first = Window.Next(monitor.Spec, null, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var run = new MonitorWindow(stored, monitor, first).Run(RunStates.Waiting, 0);
        await database.WriteAsync(transaction => RunStore.PinAsync(transaction, run), cancellation);
        return first.From;
    }
}
