using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// What one scheduler does for one monitor while it holds its lease: the windows that are due, in order; then a look for late data, from
/// time to time; then a piece of what was missed for longer than <c>catchUp</c>.
/// </summary>
internal sealed class MonitorTurn(
    Catalog catalog, MonitorRunner runner, LateData late, Backfill backfill, ClockAhead ahead, TimeProvider clock)
{
    private static readonly TimeSpan LateLook = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, long> _lookedAt = new(StringComparer.Ordinal);

    public bool HasWork(StoredMonitor stored, MonitorDocument monitor)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return stored.HasSkipped || ClockAhead.IsIt(stored, now) || LooksForLateData(stored, now)
            || Window.Next(monitor.Spec, stored.NextFrom, now).IsDue(monitor.Spec, now);
    }

    public async IAsyncEnumerable<StoredRun> RunAsync(
        StoredMonitor stored, MonitorDocument monitor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (ClockAhead.IsIt(stored, clock.GetUtcNow().ToUnixTimeMilliseconds()))
            await ahead.GoBackAsync(stored, monitor, cancellation);
        StoredRun? waiting = null;
        while (waiting is null && await FreshAsync(stored, cancellation) is { } fresh
            && await runner.RunNextAsync(fresh, monitor, cancellation) is { } run)
        {
            if (run.State == RunStates.Failed)
            {
                yield return run;
                yield break;
            }
            if (run.State == RunStates.Waiting)
                waiting = run;
            else
                yield return run;
        }
        // Where data is always late, a window always waits: those before it are looked after all the same.
        await foreach (var run in AfterwardsAsync(stored, monitor, cancellation))
            yield return run;
        if (waiting is not null)
            yield return waiting;
    }

    /// <summary>Late data, and a piece of what was skipped.</summary>
    private async IAsyncEnumerable<StoredRun> AfterwardsAsync(
        StoredMonitor stored, MonitorDocument monitor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await FreshAsync(stored, cancellation) is not { } last)
            yield break;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (LooksForLateData(last, now))
        {
            await foreach (var run in late.RunAsync(last, monitor, cancellation))
                yield return run;
            _lookedAt[last.Name] = now;
        }
        if (last.HasSkipped && await backfill.RunSkippedAsync(last, monitor, cancellation) is { } filled)
            yield return filled;
    }

    /// <summary>Null where it was deleted or changed meanwhile.</summary>
    private async Task<StoredMonitor?> FreshAsync(StoredMonitor stored, CancellationToken cancellation) =>
        await catalog.Monitors.FindAsync(stored.Name, cancellation) is { } fresh && fresh.Revision == stored.Revision ? fresh : null;

    private bool LooksForLateData(StoredMonitor stored, long now) => stored.NextFrom is not null
        && (!_lookedAt.TryGetValue(stored.Name, out var at) || Math.Abs(now - at) >= LateLook.TotalMilliseconds);
}
