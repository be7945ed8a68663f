using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Entities;

/// <summary>The values of an entity as a table, as the data source would answer them.</summary>
internal static class EntityTables
{
    /// <summary>
    /// The rows that hold a value of any of some metrics, up to a time. Rows at the begin that hold nothing are left out.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="place">The entity's.</param>
    /// <param name="metrics">Places of metrics in the layout.</param>
    /// <param name="until">Milliseconds since 1970.</param>
    public static MetricTable Of(MonitorEntities state, int place, ReadOnlySpan<int> metrics, long until)
    {
        var layout = state.Layout;
        var (shard, slot) = state.At(place);
        var end = Math.Min(state.End, layout.BucketOf(until));
        var first = Math.Max(state.Start, shard.Times[slot].First);
        var columns = new double[metrics.Length][];
        for (var i = 0; i < metrics.Length; i++)
            shard.Read(slot, metrics[i], first, columns[i] = new double[end > first ? end - first : 0]);
        var (begin, isCut) = FirstWithValue(columns);
        var builder = new MetricTableBuilder();
        foreach (var metric in metrics)
            builder.ColumnOf(layout.Metrics[metric]);
        builder.Expect(columns[0].Length - begin);
        for (var row = begin; row < columns[0].Length; row++)
            AddRow(builder, columns, row, layout.TimeOf(first + (uint)row));
        var from = Math.Max(layout.TimeOf(state.KnownFrom), (state.Reading.DataFrom + layout.Step - 1) / layout.Step * layout.Step ?? 0);
        return builder.Build().Covering(new(layout.Step, isCut ? null : from, until));
    }

    private static void AddRow(MetricTableBuilder builder, double[][] columns, int row, long time)
    {
        var isKnown = false;
        foreach (var column in columns)
            isKnown |= !double.IsNaN(column[row]);
        if (!isKnown)
            return;
        builder.AddRow(time, null);
        for (var column = 0; column < columns.Length; column++)
            builder.Set(column, columns[column][row]);
    }

    /// <summary>Before an entity's first row the data source may have answered with zeros.</summary>
    private static (int Row, bool IsCut) FirstWithValue(double[][] columns)
    {
        var isCut = false;
        for (var row = 0; row < columns[0].Length - 1; row++)
        {
            if (Array.Exists(columns, column => column[row] is not (0 or double.NaN)))
                return (row, isCut);
            isCut |= Array.Exists(columns, column => column[row] == 0);
        }
        return (Math.Max(0, columns[0].Length - 1), isCut);
    }
}
