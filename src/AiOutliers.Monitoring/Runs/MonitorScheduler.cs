using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Looks each second which monitors have work and does it, some at once; a slow one does not hold up the others. Any number of schedulers
/// may run over one database: a lease keeps two from doing the same work.
/// </summary>
internal sealed class MonitorScheduler(
    Database database, Catalog catalog, MonitorTurn turn, EntityStates states, TimeProvider clock, ILogger<MonitorScheduler> logger)
{
    /// <summary>What waits or failed is not asked for again at once.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BetweenRemovals = TimeSpan.FromHours(1);

    private readonly Leases _leases = new(database, clock);
    private readonly StoredDocuments _documents = new(catalog, logger);
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);
    private readonly Dictionary<string, Task<Exception?>> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _paused = new(StringComparer.Ordinal);
    private readonly MonitorPlaces _places = new(clock);
    private long? _removedAt;

    /// <summary>The last runs that ended, by monitor, for the metrics.</summary>
    public event Action<StoredRun>? Ran;

    /// <summary>The lease of a monitor.</summary>
    internal static string LeaseOf(string monitor) => $"monitor/{monitor}";

    /// <summary>Until cancelled; then what runs has ended, too.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await PatientLoop.RunAsync(
                () => StartDueAsync(!database.Address.IsSqlite, cancellation), "Monitors cannot run", clock, logger, cancellation);
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    /// <summary>Does all the work that there is now.</summary>
    /// <exception cref="AiOutliersException">Something of it could not be done, as where the database cannot be written.</exception>
    internal async Task RunDueAsync(CancellationToken cancellation)
    {
        var failures = await Task.WhenAll(await StartDueAsync(leaves: false, cancellation));
        if (Array.Find(failures, static failure => failure is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
    }

    /// <param name="leaves">Whether work is left to the node that ran the monitor last, for a while.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>For each monitor that has work, a task that ends with what went wrong; null where nothing did.</returns>
    private async Task<IReadOnlyList<Task<Exception?>>> StartDueAsync(bool leaves, CancellationToken cancellation)
    {
        var started = new List<Task<Exception?>>();
        var monitors = await catalog.Monitors.LookAsync(cancellation);
        await _documents.ReadAsync(monitors, cancellation);
        states.Keep(monitors.Where(stored => !HasMoved(stored)).Select(static stored => stored.Name));
        await RemoveDeletedAsync(cancellation);
        var due = monitors.Where(HasWork).ToList();
        foreach (var stored in leaves ? await WithoutThoseElsewhereAsync(due, cancellation) : due)
        {
            var monitor = _documents.Of(stored)!;
            started.Add(_running[stored.Name] = Task.Run(() => RunAsync(stored, monitor, cancellation), CancellationToken.None));
        }
        return started;
    }

    private bool HasWork(StoredMonitor stored)
    {
        var isPaused = _paused.TryGetValue(stored.Name, out var since) && clock.GetElapsedTime(since) < Pause;
        return !isPaused && !IsRunning(stored) && _documents.Of(stored) is { } monitor && turn.HasWork(stored, monitor);
    }

    /// <summary>How the last run ended is asked of monitors of other nodes alone.</summary>
    private async Task<IReadOnlyList<StoredMonitor>> WithoutThoseElsewhereAsync(
        IReadOnlyList<StoredMonitor> due, CancellationToken cancellation)
    {
        var others = due.Where(stored => !_places.IsHere(stored)).Select(static stored => stored.Name).ToList();
        if (others.Count == 0)
            return due;
        var runs = await catalog.Monitors.LastRunsAsync(others, cancellation);
        return
        [
            .. due.Where(stored => !_places.IsElsewhere(
                runs.TryGetValue(stored.Name, out var last) ? stored with { LastState = last.State, LastAt = last.At } : stored)),
        ];
    }

    private bool IsRunning(StoredMonitor stored) => _running.GetValueOrDefault(stored.Name) is { IsCompleted: false };

    private bool HasMoved(StoredMonitor stored) =>
        !IsRunning(stored) && _documents.Of(stored) is { } monitor && _places.HasMoved(stored, monitor);

    /// <summary>What is stored of monitors that were deleted; from time to time, because a run may have stored it since.</summary>
    private async Task RemoveDeletedAsync(CancellationToken cancellation)
    {
        if (_removedAt is { } last && clock.GetElapsedTime(last) < BetweenRemovals)
            return;
        await states.RemoveAsync(await catalog.Monitors.DeletedAsync(cancellation), cancellation);
        _removedAt = clock.GetTimestamp();
    }

    private async Task<Exception?> RunAsync(StoredMonitor stored, MonitorDocument monitor, CancellationToken cancellation)
    {
        try
        {
            await RunInSlotAsync(stored, monitor, cancellation);
            return null;
        }
        catch (OperationCanceledException error)
        {
            return error;
        }
        catch (Exception error)
        {
            // Whatever it is, one monitor's failure must not end the others.
            return Failed(stored, error);
        }
    }

    private Exception Failed(StoredMonitor stored, Exception error)
    {
        _paused[stored.Name] = clock.GetTimestamp();
        if (error is AiOutliersException)
            logger.LogWarning("Monitor {Monitor} cannot run, it is tried again: {Reason}", stored.Name, error.Message);
        else
            logger.LogError(error, "Monitor {Monitor} failed, it is tried again", stored.Name);
        return error;
    }

    private async Task RunInSlotAsync(StoredMonitor stored, MonitorDocument monitor, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            await RunHeldAsync(stored, monitor, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task RunHeldAsync(StoredMonitor stored, MonitorDocument monitor, CancellationToken cancellation)
    {
        await using var lease = await HeldLease.TakeAsync(_leases, LeaseOf(stored.Name), clock, cancellation);
        if (lease is null)
            return;
        try
        {
            await foreach (var run in turn.RunAsync(stored, monitor, cancellation))
                Tell(run);
        }
        catch (WindowTakenException)
        {
            // It is done, that is all that counts.
        }
    }

    private void Tell(StoredRun run)
    {
        Ran?.Invoke(run);
        _places.Ran(run);
        if (run.State is RunStates.Waiting or RunStates.Failed)
            _paused[run.Monitor] = clock.GetTimestamp();
        else
            _paused.TryRemove(run.Monitor, out _);
        logger.Log(
            run.State == RunStates.Failed ? LogLevel.Warning : run.Incidents > 0 ? LogLevel.Information : LogLevel.Debug,
            "Monitor {Monitor}: window up to {To:yyyy-MM-dd HH:mm:ss}: {State}, {Judged} judged, {Incidents} incidents changed. {Reason}",
            run.Monitor, DateTimeOffset.FromUnixTimeMilliseconds(run.WindowTo), run.State, run.Judged, run.Incidents, run.Reason ?? "");
    }
}
