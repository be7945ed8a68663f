namespace AiOutliers.Druid.Files;

/// <summary>
/// Whether every row of a file has a time of its own, so that all may be one series; more than fit into one table have not.
/// </summary>
internal sealed class DistinctTimes(int metrics)
{
    private const int MostValues = 20_000_000;

    private readonly int _most = MostValues / Math.Max(1, metrics);
    private HashSet<long>? _seen = [];
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public bool AreAll => _seen is not null;

    /// <summary>Whether each came later than the one before it.</summary>
    public bool AreAscending { get; private set; } = true;

    /// <param name="times">The <see cref="RowTime"/> of the next rows.</param>
    public void Add(ReadOnlySpan<long> times)
    {
        for (var row = 0; row < times.Length && _seen is not null; row++)
        {
            if (times[row] == RowTime.None)
                continue;
            var time = RowTime.Milliseconds(times[row]);
            _first = Math.Min(_first, time);
            AreAscending &= time > _last;
            _last = time;
            Keep(time);
        }
    }

    /// <summary>The rows of the part of the file behind this one.</summary>
    public void Add(DistinctTimes behind)
    {
        AreAscending &= behind.AreAscending && behind._first > _last;
        _last = Math.Max(_last, behind._last);
        foreach (var time in behind._seen ?? [])
            Keep(time);
        if (!behind.AreAll)
            _seen = null;
    }

    private void Keep(long time)
    {
        if (_seen is not null && (!_seen.Add(time) || _seen.Count > _most))
            _seen = null;
    }
}
