namespace AiOutliers.Detection.Series;

/// <summary>Series that have a table each.</summary>
internal sealed class TableSeries(IReadOnlyList<MetricTable> tables) : ISeriesRows
{
    public int Count { get; } = tables.Sum(static table => table.Rows);

    public long Bytes { get; } = tables.Sum(static table => table.Bytes);

    public MetricTable Table(int series) => tables[series];
}
