using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>What is in memory of a question about many series.</summary>
/// <param name="cache">Where rows are kept; null keeps none.</param>
/// <param name="asked">The question.</param>
/// <param name="isFilled">Whether buckets without rows are filled.</param>
internal sealed class KnownSeries(HistoryCache? cache, BucketedQuery asked, bool isFilled)
{
    private readonly string _key = cache is null ? "" : $"many {isFilled} {asked.Key}";

    public bool IsFilled => isFilled;

    /// <summary>The rows from a time on; null where there are none, or not from there on.</summary>
    public CachedSeries? Find(long from) =>
        cache?.Find(_key) is CachedSeries known && known.From <= from && known.Until >= from ? known : null;

    /// <summary>Keeps the rows whose buckets are complete. An answer with warnings may lack some.</summary>
    /// <param name="series">The rows.</param>
    /// <param name="empty">The buckets in which nothing happened.</param>
    /// <param name="from">Where they begin.</param>
    /// <param name="before">What was in memory; it stays where it reaches further.</param>
    /// <param name="fetchedAt">When the others were asked for.</param>
    /// <param name="complete">Rows before this time are complete.</param>
    public void Keep(
        SeriesSet series, MetricTable? empty, long from, CachedSeries? before, DateTimeOffset fetchedAt, DateTimeOffset complete)
    {
        var until = asked.StartOf(Math.Min(asked.FirstEnd, complete.ToUnixTimeMilliseconds()));
        if (cache is not null && until > from && !(before?.Until >= until) && series.Warnings.Count == 0)
            cache.Put(_key, new CachedSeries(series, empty, from, until, before?.FetchedAt ?? fetchedAt));
    }
}
