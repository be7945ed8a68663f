namespace AiOutliers.Detection.Series;

/// <summary>Two answers to one question, about one stretch of time and the next, as one.</summary>
public static class SeriesJoin
{
    /// <param name="earlier">The rows of a stretch of time.</param>
    /// <param name="from">Of them, those from this time on, in milliseconds since 1970,</param>
    /// <param name="until">and before this one.</param>
    /// <param name="later">The rows behind them.</param>
    /// <returns>Null where they do not belong together: other dimensions or metrics.</returns>
    /// <exception cref="AiOutliersException">They are too many.</exception>
    public static SeriesSet? Of(SeriesSet earlier, long from, long until, SeriesSet later)
    {
        if (earlier.AllRows is null || later.AllRows is null || earlier.MergesEqualTimes || later.MergesEqualTimes
            || !earlier.Dimensions.SequenceEqual(later.Dimensions) || !earlier.Metrics.SequenceEqual(later.Metrics))
            return null;
        var builder = new SeriesSetBuilder();
        foreach (var dimension in earlier.Dimensions)
            builder.DimensionOf(dimension);
        foreach (var metric in earlier.Metrics)
            builder.ColumnOf(metric);
        Add(builder, earlier, from, until);
        Add(builder, later, long.MinValue, long.MaxValue);
        return builder.Build().WithWarnings(later.Warnings);
    }

    private static void Add(SeriesSetBuilder builder, SeriesSet series, long from, long until)
    {
        var (rows, of) = (series.AllRows!, series.SeriesOfRows());
        for (var row = 0; row < rows.Count; row++)
        {
            var time = rows.Time(row);
            if (time < from || time >= until)
                continue;
            for (var column = 0; column < rows.Columns.Count; column++)
                builder.Set(column, rows.Columns[column][row]);
            builder.AddRowOf(series.KeyBytes(of[row]), time, rows.Timestamp(row));
        }
    }
}
