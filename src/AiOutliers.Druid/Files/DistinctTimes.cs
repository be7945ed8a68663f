namespace AiOutliers.Druid.Files;

/// <summary>
/// Whether every row of a file has a time of its own, so that all may be one series; more than fit into one table have not.
/// </summary>
internal sealed class DistinctTimes(int metrics)
{
    private const int MostValues = 20_000_000;

    private readonly int _most = MostValues / Math.Max(1, metrics);
    private HashSet<long>? _seen = [];

    public bool AreAll => _seen is not null;

    public void Add(long time)
    {
        if (_seen is not null && (!_seen.Add(time) || _seen.Count > _most))
            _seen = null;
    }
}
