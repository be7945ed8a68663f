using System.Collections.Concurrent;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Looks each second which monitors are due and runs them, some at once. Any number may run over one database: a lease keeps two from doing
/// the same work.
/// </summary>
internal sealed class MonitorScheduler(
    Database database, Catalog catalog, MonitorRunner runner, TimeProvider clock, ILogger<MonitorScheduler> logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>What waits or failed is not asked for again at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Leases _leases = new(database, clock);
    private readonly ConcurrentDictionary<string, (long Revision, MonitorDocument? Document)> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _paused = new(StringComparer.Ordinal);

    /// <summary>The last runs that ended, by monitor, for the metrics.</summary>
    public event Action<StoredRun>? Ran;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await RunDueAsync(cancellation);
            }
            catch (AiOutliersException error)
            {
                logger.LogWarning("Monitors cannot run, it is tried again: {Reason}", error.Message);
                await Task.Delay(Pause, cancellation);
            }
            await Task.Delay(Poll, cancellation);
        }
    }

    /// <summary>Runs every window that is due now.</summary>
    internal async Task RunDueAsync(CancellationToken cancellation)
    {
        var monitors = await catalog.Monitors.ListAsync(cancellation);
        await Parallel.ForEachAsync(
            monitors,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            async (monitor, stop) => await RunAsync(monitor, stop));
    }

    private async Task RunAsync(StoredMonitor stored, CancellationToken cancellation)
    {
        var now = clock.GetTimestamp();
        if (_paused.TryGetValue(stored.Name, out var since) && clock.GetElapsedTime(since, now) < Pause
            || DocumentOf(stored) is not { } monitor || !IsDue(stored, monitor))
            return;
        var lease = $"monitor/{stored.Name}";
        if (!await _leases.TryTakeAsync(lease, Lease, cancellation))
            return;
        try
        {
            while (await catalog.Monitors.FindAsync(stored.Name, cancellation) is { } fresh && fresh.Revision == stored.Revision
                && await runner.RunNextAsync(fresh, monitor, cancellation) is { } run)
            {
                Tell(run);
                if (run.State is RunStates.Waiting or RunStates.Failed)
                    break;
                await _leases.TryTakeAsync(lease, Lease, cancellation);
            }
        }
        catch (WindowTakenException)
        {
            // It is done, that is all that counts.
        }
        finally
        {
            await _leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private bool IsDue(StoredMonitor stored, MonitorDocument monitor)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return Window.Next(monitor.Spec, stored.NextFrom, now).IsDue(monitor.Spec, now);
    }

    private void Tell(StoredRun run)
    {
        Ran?.Invoke(run);
        var isPaused = run.State is RunStates.Waiting or RunStates.Failed;
        if (isPaused)
            _paused[run.Monitor] = clock.GetTimestamp();
        else
            _paused.TryRemove(run.Monitor, out _);
        logger.Log(
            run.State == RunStates.Failed ? LogLevel.Warning : run.Incidents > 0 ? LogLevel.Information : LogLevel.Debug,
            "Monitor {Monitor}: window up to {To:yyyy-MM-dd HH:mm:ss}: {State}, {Judged} judged, {Incidents} incidents changed. {Reason}",
            run.Monitor, DateTimeOffset.FromUnixTimeMilliseconds(run.WindowTo), run.State, run.Judged, run.Incidents, run.Reason ?? "");
    }

    /// <summary>Null where the stored document cannot be used, as after a change of the traffic schema; said once a revision.</summary>
    private MonitorDocument? DocumentOf(StoredMonitor stored)
    {
        if (_documents.TryGetValue(stored.Name, out var known) && known.Revision == stored.Revision)
            return known.Document;
        MonitorDocument? document = null;
        try
        {
            document = catalog.Read(stored.Document, stored.Name).Monitors.FirstOrDefault();
        }
        catch (AiOutliersException error)
        {
            logger.LogWarning("Monitor {Monitor} cannot be used any more: {Reason}", stored.Name, error.Message);
        }
        _documents[stored.Name] = (stored.Revision, document);
        return document;
    }
}
