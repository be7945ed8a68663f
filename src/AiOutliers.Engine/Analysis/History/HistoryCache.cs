using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>
/// Complete rows in memory, by question: at most so many bytes, the least recently used go first, and none is older than ten minutes.
/// </summary>
/// <param name="limit">Bytes; 0 keeps nothing.</param>
/// <param name="clock">Tells how old rows are.</param>
public sealed class HistoryCache(long limit, TimeProvider clock)
{
    /// <summary>Late rows and a new ingestion of old data show after so long at the latest.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Of the limit: so much of the rows of many series may wait for the collector, and the rest be kept. It takes old rows late by itself,
    /// and the process would grow to twice the limit. The rows of one series leave nothing to wait for.
    /// </summary>
    private const int SharesForgotten = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, ICachedHistory Rows)>> _entries = new(StringComparer.Ordinal);

    /// <summary>The most recently used first.</summary>
    private readonly LinkedList<(string Key, ICachedHistory Rows)> _order = [];

    private readonly TableBlocks _blocks = new();

    private readonly long _most = limit - limit / SharesForgotten;

    private long _forgotten;

    /// <summary>What the rows take.</summary>
    public long Bytes { get; private set; }

    /// <summary>The rows of a question; null when there are none, or they are too old.</summary>
    internal ICachedHistory? Find(string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            if (IsOld(node))
            {
                Remove(node);
                return null;
            }
            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Rows.Unpack();
        }
    }

    /// <summary>Keeps rows in place of those that were there.</summary>
    internal void Put(string key, ICachedHistory rows)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var known))
                Remove(known);
            if (Size(key, rows) > _most)
                return;
            var kept = rows.Pack(_blocks);
            for (var node = _order.Last; node is not null && (IsOld(node) || Bytes + Size(key, kept) > _most);)
            {
                var before = node.Previous;
                Remove(node);
                node = before;
            }
            _entries[key] = _order.AddFirst((key, kept));
            Bytes += Size(key, kept);
        }
    }

    private static long Size(string key, ICachedHistory rows) => rows.Bytes + 2 * key.Length;

    private bool IsOld(LinkedListNode<(string Key, ICachedHistory Rows)> node) => clock.GetUtcNow() - node.Value.Rows.FetchedAt > Lifetime;

    private void Remove(LinkedListNode<(string Key, ICachedHistory Rows)> node)
    {
        _order.Remove(node);
        _entries.Remove(node.Value.Key);
        var size = Size(node.Value.Key, node.Value.Rows);
        Bytes -= size;
        if (!node.Value.Rows.TryFree(_blocks))
            Forget(size);
    }

    private void Forget(long bytes)
    {
        _forgotten += bytes;
        if (_forgotten < limit / SharesForgotten || Bytes + _forgotten < _most)
            return;
        _forgotten = 0;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}
