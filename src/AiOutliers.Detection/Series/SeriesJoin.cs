namespace AiOutliers.Detection.Series;

/// <summary>Two answers to one question, about one stretch of time and the next, as one.</summary>
public static class SeriesJoin
{
    /// <param name="earlier">The rows of a stretch of time.</param>
    /// <param name="from">Of them, those from this time on, in milliseconds since 1970,</param>
    /// <param name="until">and before this one.</param>
    /// <param name="later">The rows behind them.</param>
    /// <returns>Null where they do not belong together: other dimensions or metrics.</returns>
    public static SeriesSet? Of(SeriesSet earlier, long from, long until, SeriesSet later)
    {
        if (!earlier.Dimensions.SequenceEqual(later.Dimensions) || !earlier.Metrics.SequenceEqual(later.Metrics))
            return null;
        var (keys, tables) = (new List<SeriesKey>(), new List<MetricTable>());
        var behind = Enumerable.Range(0, later.Count).ToDictionary(later.Key);
        for (var series = 0; series < earlier.Count; series++)
        {
            var table = earlier.Table(series).Between(from, until);
            if (behind.Remove(earlier.Key(series), out var same))
                table = MetricTable.Join(table, later.Table(same));
            if (table.Rows == 0)
                continue;
            keys.Add(earlier.Key(series));
            tables.Add(table);
        }
        foreach (var (key, series) in behind.OrderBy(static own => own.Value))
        {
            keys.Add(key);
            tables.Add(later.Table(series));
        }
        return SeriesSet.Of(new TableSeries(tables), keys, earlier.Dimensions, earlier.Metrics, later.Warnings);
    }
}
