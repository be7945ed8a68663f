using System.Collections.Concurrent;

namespace AiOutliers.Service.Console;

/// <summary>
/// Answers that are kept for a moment: a page, its picture and its zooms ask for the same. Who asks while an answer is being made waits for
/// it. Failures are not kept. Nothing is lost with it.
/// </summary>
/// <param name="longest">How long an answer is kept.</param>
/// <param name="most">How many are kept; the oldest goes first.</param>
/// <param name="time">The clock.</param>
/// <param name="weigh">What an answer weighs; null where only their number counts.</param>
/// <param name="heaviest">What all that are kept may weigh; the newest is kept whatever it weighs.</param>
internal sealed class Remembered<T>(
    TimeSpan longest, int most, TimeProvider time, Func<T, long>? weigh = null, long heaviest = long.MaxValue)
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
        try
        {
            var answer = await entry.Answer.Value.WaitAsync(cancellation);
            Forget(entry);
            return answer;
        }
        catch when (entry.Answer.Value.IsFaulted || entry.Answer.Value.IsCanceled)
        {
            _entries.TryRemove(KeyValuePair.Create(key, entry));
            throw;
        }
    }

    /// <summary>The oldest go first, and never the one that was just asked for.</summary>
    private void Forget(Entry asked)
    {
        foreach (var oldest in _entries.OrderBy(static pair => pair.Value.At))
        {
            if (_entries.Count <= most && Weight() <= heaviest)
                return;
            if (oldest.Value != asked)
                _entries.TryRemove(oldest);
        }
    }

    private long Weight() => weigh is null
        ? 0
        : _entries.Values.Where(static entry => entry.Answer is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            .Sum(entry => weigh(entry.Answer.Value.Result));

    private async Task<T> MakeAsync(Func<CancellationToken, Task<T>> make)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        return await make(limit.Token);
    }

    private sealed record Entry(DateTimeOffset At, Lazy<Task<T>> Answer);
}
