namespace AiOutliers.Detection.Series;

/// <summary>Puts the rows of one table before those of another.</summary>
internal static class TableJoin
{
    public static MetricTable Join(MetricTable earlier, MetricTable later)
    {
        var kept = later.Rows == 0 ? earlier.Rows : earlier.RowFrom(later.Times[0]);
        var (leading, following) = later.Rows > 0 ? (later, earlier) : (earlier, later);
        string[] metrics = [.. leading.Metrics.Union(following.Metrics, StringComparer.Ordinal)];
        var columns = Array.ConvertAll(metrics, metric => Column(earlier, kept, later, metric));
        long[] times = [.. earlier.Times[..kept], .. later.Times];
        string[] warnings = [.. earlier.Warnings.Union(later.Warnings, StringComparer.Ordinal)];
        return new MetricTable(times, Texts(earlier, kept, later), metrics, columns, warnings).Covering(Coverage(earlier, kept, later));
    }

    private static double[] Column(MetricTable earlier, int kept, MetricTable later, string metric)
    {
        var column = new double[kept + later.Rows];
        if (earlier.TryGetColumn(metric, out var values))
            values[..kept].CopyTo(column);
        else
            column.AsSpan(0, kept).Fill(double.NaN);
        if (later.TryGetColumn(metric, out values))
            values.CopyTo(column.AsSpan(kept));
        else
            column.AsSpan(kept).Fill(double.NaN);
        return column;
    }

    private static string?[]? Texts(MetricTable earlier, int kept, MetricTable later)
    {
        var (first, second) = (earlier.OwnTimestamps(..kept), later.OwnTimestamps(..));
        return first is null && second is null ? null : [.. first ?? new string?[kept], .. second ?? new string?[later.Rows]];
    }

    /// <summary>Each end is known from the table whose rows lie there.</summary>
    private static Coverage Coverage(MetricTable earlier, int kept, MetricTable later) => new(
        later.Coverage.StepMilliseconds > 0 ? later.Coverage.StepMilliseconds : earlier.Coverage.StepMilliseconds,
        (kept > 0 ? earlier : later).Coverage.From,
        (later.Rows > 0 ? later : earlier).Coverage.Until);
}
