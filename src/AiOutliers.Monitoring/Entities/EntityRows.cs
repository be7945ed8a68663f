using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Entities;

/// <summary>From the answer to a query of new buckets into the state.</summary>
internal static class EntityRows
{
    /// <summary>Puts rows into the state; entities that it does not know wait for their whole values.</summary>
    public static void Put(MonitorEntities state, SeriesSet series)
    {
        var layout = state.Layout;
        var waiting = state.Pending.ToHashSet(StringComparer.Ordinal);
        Span<double> values = stackalloc double[layout.Metrics.Count];
        for (var one = 0; one < series.Count; one++)
        {
            var (key, table) = (EntityKeys.Of(series.Key(one), layout.By), series.Table(one));
            if (table.Rows == 0)
                continue;
            if (!state.TryFind(key, out var place))
            {
                if (waiting.Add(key))
                    state.Pending.Enqueue(key);
                continue;
            }
            for (var row = 0; row < table.Rows; row++)
            {
                for (var metric = 0; metric < values.Length; metric++)
                    values[metric] = table.TryGetColumn(layout.Metrics[metric], out var column) ? column[row] : double.NaN;
                state.Put(place, layout.BucketOf(table.Times[row]), values);
            }
        }
    }
}
