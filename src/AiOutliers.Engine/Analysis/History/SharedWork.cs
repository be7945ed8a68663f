namespace AiOutliers.Engine.Analysis.History;

/// <summary>Work that several want at once is done once. Each may leave; when the last has left, the work is stopped.</summary>
internal sealed class SharedWork<T>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);

    /// <param name="key">Equal for equal work.</param>
    /// <param name="start">Begins the work; its token ends when nobody waits any more.</param>
    /// <param name="cancellation">Ends this caller's waiting.</param>
    public async Task<T> RunAsync(string key, Func<CancellationToken, Task<T>> start, CancellationToken cancellation)
    {
        var running = Join(key, start);
        try
        {
            return await running.Work.WaitAsync(cancellation);
        }
        finally
        {
            Leave(key, running);
        }
    }

    private Running Join(string key, Func<CancellationToken, Task<T>> start)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(key, out var running))
            {
                var stop = new CancellationTokenSource();
                // On the pool: what runs before the first await must not run under the lock.
                _running[key] = running = new(stop, Task.Run(() => start(stop.Token), CancellationToken.None));
            }
            running.Waiting++;
            return running;
        }
    }

    private void Leave(string key, Running running)
    {
        lock (_lock)
        {
            if (--running.Waiting > 0)
                return;
            if (_running.GetValueOrDefault(key) == running)
                _running.Remove(key);
        }
        if (!running.Work.IsCompleted)
            running.Stop.Cancel();
        // Whoever left does not hear how it ended.
        _ = running.Work.ContinueWith(
            static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private sealed class Running(CancellationTokenSource stop, Task<T> work)
    {
        public CancellationTokenSource Stop { get; } = stop;

        public Task<T> Work { get; } = work;

        public int Waiting { get; set; }
    }
}
