using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>Rows of many series, in memory; those from <paramref name="Until"/> on are not complete.</summary>
/// <param name="Series">The rows.</param>
/// <param name="Empty">The buckets in which nothing happened; null where they stay missing.</param>
/// <param name="From">The start of the first bucket, in milliseconds since 1970.</param>
/// <param name="Until">The end of the last bucket that is complete.</param>
/// <param name="FetchedAt">When the oldest of them were asked for.</param>
internal sealed record CachedSeries(SeriesSet Series, MetricTable? Empty, long From, long Until, DateTimeOffset FetchedAt) : ICachedHistory
{
    /// <summary>Names, lists, the entry itself.</summary>
    private const int Overhead = 4096;

    public long Bytes => Overhead + Series.Bytes + (Empty?.Bytes ?? 0);
}
