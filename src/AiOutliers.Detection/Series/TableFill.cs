namespace AiOutliers.Detection.Series;

/// <summary>
/// Puts the buckets of a table in which nothing happened into one that lacks them: a groupBy leaves buckets without rows out, a timeseries
/// has them.
/// </summary>
internal static class TableFill
{
    public static MetricTable Fill(MetricTable table, MetricTable empty)
    {
        var missing = Missing(table.Times, empty.Times);
        if (missing.Count == 0)
            return table;
        var filled = new MetricTableBuilder();
        foreach (var metric in table.Metrics)
            filled.ColumnOf(metric);
        filled.Expect(table.Rows + missing.Count);
        var (row, next) = (0, 0);
        while (row < table.Rows || next < missing.Count)
        {
            var isOwn = next == missing.Count || row < table.Rows && table.Times[row] < empty.Times[missing[next]];
            Add(filled, isOwn ? table : empty, isOwn ? row++ : missing[next++]);
        }
        return filled.Build().WithWarnings(table.Warnings).Covering(table.Coverage);
    }

    private static List<int> Missing(ReadOnlySpan<long> times, ReadOnlySpan<long> all)
    {
        var missing = new List<int>();
        var row = 0;
        for (var at = 0; at < all.Length; at++)
        {
            while (row < times.Length && times[row] < all[at])
                row++;
            if (row == times.Length || times[row] != all[at])
                missing.Add(at);
        }
        return missing;
    }

    private static void Add(MetricTableBuilder filled, MetricTable from, int row)
    {
        filled.AddRow(from.Times[row], from.OwnTimestamps(row..(row + 1))?[0]);
        for (var column = 0; column < filled.Metrics.Count; column++)
        {
            if (from.TryGetColumn(filled.Metrics[column], out var values))
                filled.Set(column, values[row]);
        }
    }
}
