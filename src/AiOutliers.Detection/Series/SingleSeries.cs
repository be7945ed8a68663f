namespace AiOutliers.Detection.Series;

/// <summary>The one series of a table.</summary>
internal sealed class SingleSeries(MetricTable table) : ISeriesRows
{
    public int Count => table.Rows;

    public long Bytes => table.Bytes;

    public MetricTable Table(int series) => table;
}
