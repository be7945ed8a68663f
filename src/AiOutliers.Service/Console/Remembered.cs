using System.Collections.Concurrent;

namespace AiOutliers.Service.Console;

/// <summary>
/// Answers that are kept for a moment: a page, its picture and its zooms ask for the same. Who asks while an answer is being made waits for
/// it. Failures are not kept. Nothing is lost with it.
/// </summary>
/// <param name="longest">How long an answer is kept.</param>
/// <param name="most">How many are kept; the oldest goes first.</param>
/// <param name="time">The clock.</param>
internal sealed class Remembered<T>(TimeSpan longest, int most, TimeProvider time)
{
    /// <summary>Who asked first may go away; those who wait with them still get the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public async Task<T> GetAsync(string key, Func<CancellationToken, Task<T>> make, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var (old, kept) in _entries)
        {
            if (now - kept.At > longest)
                _entries.TryRemove(KeyValuePair.Create(old, kept));
        }
        var entry = _entries.GetOrAdd(key, _ => new(now, new(() => MakeAsync(make))));
        while (_entries.Count > most && _entries.OrderBy(static pair => pair.Value.At).First() is var oldest && oldest.Value != entry)
            _entries.TryRemove(oldest);
        try
        {
            return await entry.Answer.Value.WaitAsync(cancellation);
        }
        catch when (entry.Answer.Value.IsFaulted || entry.Answer.Value.IsCanceled)
        {
            _entries.TryRemove(KeyValuePair.Create(key, entry));
            throw;
        }
    }

    private async Task<T> MakeAsync(Func<CancellationToken, Task<T>> make)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        return await make(limit.Token);
    }

    private sealed record Entry(DateTimeOffset At, Lazy<Task<T>> Answer);
}
