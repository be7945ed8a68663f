namespace AiOutliers.Druid.Budgets;

/// <summary>
/// What may be in use at once: bytes, computations, connections. Who finds nothing left waits its turn or is refused. No client gets
/// more than <see cref="Share"/>, so that one cannot shut the others out.
/// </summary>
/// <param name="name">Names the budget in metrics.</param>
/// <param name="capacity">How much there is.</param>
/// <param name="share">How much one client gets; null: all of it.</param>
/// <param name="time">Measures what is waited for; null takes the system's clock.</param>
public sealed class Budget(string name, long capacity, long? share = null, TimeProvider? time = null)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<BudgetWaiter> _waiting = [];
    private readonly Dictionary<string, long> _ofClients = new(StringComparer.Ordinal);
    private long _used, _waits, _refused, _waitedTicks;

    public string Name => name;

    /// <summary>Measures the waiting, and how long one who has got something may keep it.</summary>
    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    public long Capacity => capacity;
    public long Share { get; } = share ?? capacity;
    public long Used => Interlocked.Read(ref _used);
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How many wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>How many have waited and got their turn.</summary>
    public long Waits => Interlocked.Read(ref _waits);

    /// <summary>How long those have waited, together.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref _waitedTicks));

    /// <summary>Takes the amount, or counts a refusal.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="client">Whose share it is; null: nobody's.</param>
    public bool TryTake(long amount, string? client = null)
    {
        lock (_lock)
        {
            var fits = Fits(amount, client);
            if (fits)
                Add(amount, client);
            else
                _refused++;
            return fits;
        }
    }

    /// <summary>Takes one, after those who came before; waiting takes no thread.</summary>
    /// <param name="client">Whose share it is; null: nobody's.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Gives it back when disposed.</returns>
    public async ValueTask<BudgetTurn> EnterAsync(string? client = null, CancellationToken cancellation = default)
    {
        BudgetWaiter waiter;
        lock (_lock)
        {
            if (Fits(1, client))
            {
                Add(1, client);
                return new(this, client);
            }
            waiter = new(client);
            _waiting.AddLast(waiter);
        }
        var since = Time.GetTimestamp();
        using (cancellation.UnsafeRegister(_ => GiveUp(waiter, cancellation), null))
            await waiter.Turn.Task;
        Interlocked.Increment(ref _waits);
        Interlocked.Add(ref _waitedTicks, Time.GetElapsedTime(since).Ticks);
        return new(this, client);
    }

    public void Return(long amount, string? client = null)
    {
        lock (_lock)
        {
            Add(-amount, client);
            for (var next = _waiting.First; next is not null && _used < capacity;)
            {
                var (waiter, following) = (next.Value, next.Next);
                if (Fits(1, waiter.Client))
                {
                    _waiting.Remove(next);
                    Add(1, waiter.Client);
                    waiter.Turn.SetResult();
                }
                next = following;
            }
        }
    }

    private bool Fits(long amount, string? client) =>
        _used + amount <= capacity && (client is null || _ofClients.GetValueOrDefault(client) + amount <= Share);

    private void Add(long amount, string? client)
    {
        _used += amount;
        if (client is null)
            return;
        var left = _ofClients.GetValueOrDefault(client) + amount;
        if (left == 0)
            _ofClients.Remove(client);
        else
            _ofClients[client] = left;
    }

    private void GiveUp(BudgetWaiter waiter, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Whoever got its turn in the same moment keeps it.
            if (_waiting.Remove(waiter))
                waiter.Turn.SetCanceled(cancellation);
        }
    }
}
