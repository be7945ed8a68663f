using System.Collections.Concurrent;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// The state of the entities of the monitors that this node runs. Only who has the lease of a monitor touches its state.
/// </summary>
/// <param name="store">Where it outlives the process; null: nowhere.</param>
/// <param name="clock">Says when it is time to store.</param>
internal sealed class EntityStates(EntityStore? store, TimeProvider clock) : IDisposable
{
    /// <summary>What is lost with a process is asked for again: so many minutes of buckets.</summary>
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Kept> _states = new(StringComparer.Ordinal);

    private long _judged, _skipped, _loaded, _rebuilt;

    public EntityCounts Counts => new()
    {
        Entities = _states.ToDictionary(static one => one.Key, static one => one.Value.State.Count),
        Bytes = _states.Values.Sum(static one => one.State.Bytes),
        Judged = Interlocked.Read(ref _judged),
        Skipped = Interlocked.Read(ref _skipped),
        Loaded = Interlocked.Read(ref _loaded),
        Rebuilt = Interlocked.Read(ref _rebuilt),
    };

    /// <param name="monitor">The monitor's name.</param>
    /// <param name="layout">What its state looks like.</param>
    /// <param name="identity">What was asked for: the state of another question is dropped.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<MonitorEntities> OpenAsync(
        string monitor, EntityLayout layout, string identity, CancellationToken cancellation)
    {
        if (_states.TryGetValue(monitor, out var known) && known.Identity == identity && known.State.Layout.IsSame(layout))
            return known.State;
        var state = new MonitorEntities(layout);
        if (store is not null)
            await store.LoadAsync(monitor, state, identity, cancellation);
        Interlocked.Add(ref _loaded, state.Count);
        _states[monitor] = new(identity, state) { SavedAt = clock.GetTimestamp() };
        return state;
    }

    /// <summary>An empty state, in place of one that is of no use any more: too far behind.</summary>
    public MonitorEntities Renew(string monitor, EntityLayout layout, string identity)
    {
        var state = new MonitorEntities(layout);
        _states[monitor] = new(identity, state) { SavedAt = clock.GetTimestamp() };
        return state;
    }

    /// <summary>Drops the states of all other monitors: those were deleted.</summary>
    public void Keep(IEnumerable<string> monitors)
    {
        foreach (var gone in _states.Keys.Except(monitors, StringComparer.Ordinal))
            _states.TryRemove(gone, out _);
    }

    /// <summary>Counts what a run did.</summary>
    public void Tell(int judged, int skipped, int rebuilt)
    {
        Interlocked.Add(ref _judged, judged);
        Interlocked.Add(ref _skipped, skipped);
        Interlocked.Add(ref _rebuilt, rebuilt);
    }

    /// <summary>Stores the state of a monitor, now and then.</summary>
    public async Task SaveAsync(string monitor, CancellationToken cancellation)
    {
        if (store is null || !_states.TryGetValue(monitor, out var kept) || kept.State.Reading.Together > 0
            || clock.GetElapsedTime(kept.SavedAt) < BetweenSaves)
            return;
        _states[monitor] = kept with { SavedAt = clock.GetTimestamp() };
        await store.SaveAsync(monitor, kept.State, kept.Identity, cancellation);
    }

    /// <summary>The monitors whose states can be stored, before the process ends.</summary>
    public IReadOnlyList<string> Whole => store is null
        ? []
        : [.. _states.Where(static one => one.Value.State is { End: > 0, Reading.Together: 0 }).Select(static one => one.Key)];

    /// <summary>Stores a state, unless a newer one may be stored already.</summary>
    /// <param name="monitor">The monitor's name; one of <see cref="Whole"/>.</param>
    /// <param name="judgedUpTo">How far the monitor was judged, by whatever node; milliseconds since 1970.</param>
    public async Task SaveLastAsync(string monitor, long judgedUpTo)
    {
        if (store is not null && _states.TryGetValue(monitor, out var kept)
            && kept.State.Layout.TimeOf(kept.State.End) >= judgedUpTo)
            await store.SaveAsync(monitor, kept.State, kept.Identity, CancellationToken.None);
    }

    /// <summary>Removes what is stored of monitors that were deleted.</summary>
    public Task RemoveAsync(IReadOnlySet<string> deleted, CancellationToken cancellation) =>
        store is null || deleted.Count == 0 ? Task.CompletedTask : store.RemoveAsync(deleted, cancellation);

    public void Dispose() => store?.Dispose();

    private sealed record Kept(string Identity, MonitorEntities State)
    {
        public long SavedAt { get; init; }
    }
}
