namespace AiOutliers.Detection.Series;

/// <summary>The series of a <see cref="SeriesSetBuilder"/>: each is found by its last row.</summary>
internal sealed class LinkedSeries(
    SeriesRows rows, IReadOnlyList<(int Last, int Count)> series, IReadOnlyList<string> metrics, bool mergesEqualTimes) : ISeriesRows
{
    public int Count => rows.Count;

    public long Bytes => rows.Bytes + 64L * series.Count;

    public MetricTable Table(int index)
    {
        var own = rows.Of(series[index].Last, series[index].Count);
        var table = new MetricTableBuilder { MergesEqualTimes = mergesEqualTimes };
        foreach (var metric in metrics)
            table.ColumnOf(metric);
        table.Expect(own.Length);
        foreach (var row in own)
            table.AddRow(rows.Time(row), rows.Timestamp(row));
        for (var column = 0; column < metrics.Count; column++)
        {
            var values = table.Values(column);
            for (var at = 0; at < own.Length; at++)
                values[at] = rows.Columns[column][own[at]];
        }
        return table.Build();
    }
}
