using System.Collections.Concurrent;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>
/// Longer queries that have just failed: they are not tried again at once, so that a page that asks every few seconds does
/// not wait each time.
/// </summary>
internal sealed class RecentFailures(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Keys come from clients.</summary>
    private const int MostKeys = 1000;

    private readonly ConcurrentDictionary<string, (string Warning, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <summary>What it said; null when there was none, or long ago.</summary>
    public string? Find(string key) =>
        _known.TryGetValue(key, out var failure) && clock.GetUtcNow() - failure.At < Pause ? failure.Warning : null;

    public void Add(string key, string warning)
    {
        if (_known.Count >= MostKeys)
            _known.Clear();
        _known[key] = (warning, clock.GetUtcNow());
    }
}
