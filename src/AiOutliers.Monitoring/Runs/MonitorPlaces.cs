using System.Collections.Concurrent;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// A monitor stays with the node that ran it last and has its entities in memory. Other nodes take its work only when it has been left for
/// a while: that node is gone, or busy. Then they keep it.
/// </summary>
internal sealed class MonitorPlaces(TimeProvider clock)
{
    /// <summary>Some looks of the node that it stays with.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, long> _here = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ((long? NextFrom, long? LastAt) Work, long Since)> _left = new(StringComparer.Ordinal);

    /// <summary>A run of this node.</summary>
    public void Ran(StoredRun run) =>
        _here.AddOrUpdate(run.Monitor, run.WindowTo, (_, before) => Math.Max(before, run.WindowTo));

    /// <summary>Whether another node has judged two windows since this one did: its state here is of no use any more.</summary>
    public bool HasMoved(StoredMonitor stored, MonitorDocument monitor)
    {
        if (stored.NextFrom is not { } next || !_here.TryGetValue(stored.Name, out var here))
            return false;
        var window = Window.Next(monitor.Spec, here, here);
        if (next < window.To + (window.To - window.From))
            return false;
        _here.TryRemove(stored.Name, out _);
        return true;
    }

    /// <summary>Whether it has no place yet, or it is this one.</summary>
    public bool IsHere(StoredMonitor stored) => stored.NextFrom is null || _here.ContainsKey(stored.Name);

    /// <summary>Whether work is left to the node that the monitor stays with. To be asked at each look that finds the work.</summary>
    public bool IsElsewhere(StoredMonitor stored)
    {
        if (IsHere(stored))
            return false;
        var work = (stored.NextFrom, stored.LastAt);
        if (!_left.TryGetValue(stored.Name, out var left) || left.Work != work)
            _left[stored.Name] = left = (work, clock.GetTimestamp());
        // A window that waits is asked for again after a pause. One that failed there may succeed here.
        var patience = stored.LastState == RunStates.Waiting ? MonitorScheduler.Pause + Patience : Patience;
        return clock.GetElapsedTime(left.Since) < patience;
    }
}
