using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>Rows of one series that are complete, in memory.</summary>
/// <param name="Table">The rows; empty buckets have none.</param>
/// <param name="From">The start of the first bucket, in milliseconds since 1970.</param>
/// <param name="Until">The end of the last bucket.</param>
/// <param name="FetchedAt">When the oldest of them were asked for.</param>
internal sealed record CachedRows(MetricTable Table, long From, long Until, DateTimeOffset FetchedAt) : ICachedHistory
{
    public long Bytes => Table.Bytes;

    public ICachedHistory Pack(TableBlocks blocks) => new PackedRows(this, blocks);
}
