using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Whether a window's rows have all arrived. One sign alone lies: few rows may be an outage, and a late exporter may hide behind others
/// that are on time. So a window is incomplete when its last bucket has fewer rows than usual and nothing newer has arrived.
/// </summary>
internal static class Completeness
{
    /// <summary>The buckets before the window whose median is the usual.</summary>
    private const int BucketsBefore = 12;

    private const long Day = 86_400_000;

    /// <param name="rows">By bucket: the rows of all entities.</param>
    /// <param name="window">The window.</param>
    /// <param name="step">The width of a bucket.</param>
    /// <returns>The rows of the last bucket as a share of the usual; null where there is no usual.</returns>
    public static double? Share(IReadOnlyDictionary<long, double> rows, Window window, long step)
    {
        var last = window.To - step;
        // The same time of the days before, else the buckets just before.
        var usual = Median([.. Enumerable.Range(1, 7).Select(day => rows.GetValueOrDefault(last - day * Day))])
            ?? Median([.. Enumerable.Range(1, BucketsBefore).Select(back => rows.GetValueOrDefault(last - back * step))]);
        return usual is { } expected ? rows.GetValueOrDefault(last) / expected : null;
    }

    /// <summary>The rows of all series in each bucket.</summary>
    public static Dictionary<long, double> Rows(SeriesSet series)
    {
        var rows = new Dictionary<long, double>();
        for (var one = 0; one < series.Count; one++)
        {
            var table = series.Table(one);
            if (!table.TryGetColumn(MonitorQuery.RowCount, out var counts))
                continue;
            for (var row = 0; row < table.Rows; row++)
                rows[table.Times[row]] = rows.GetValueOrDefault(table.Times[row]) + (double.IsNaN(counts[row]) ? 0 : counts[row]);
        }
        return rows;
    }

    private static double? Median(List<double> values)
    {
        values.RemoveAll(static value => value <= 0);
        values.Sort();
        return values.Count >= 3 ? values[values.Count / 2] : null;
    }
}
