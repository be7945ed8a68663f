using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Entities;

/// <summary>From the answer to a query of new buckets into the state.</summary>
internal static class EntityRows
{
    /// <summary>
    /// Puts rows into the state. Entities that it does not know wait for their whole values, unless all are read together.
    /// </summary>
    public static void Put(MonitorEntities state, SeriesSet series)
    {
        var layout = state.Layout;
        var waiting = state.Reading.Pending.ToHashSet(StringComparer.Ordinal);
        for (var one = 0; one < series.Count; one++)
        {
            var (key, table) = (EntityKeys.Of(series.Key(one), layout.By), series.Table(one));
            if (table.Rows == 0)
                continue;
            if (state.TryFind(key, out var place))
                state.Put(place, table);
            else if (state.Reading.Together > 0)
                state.Load(state.Add(key), table);
            else if (waiting.Add(key))
                state.Reading.Pending.Enqueue(key);
        }
    }
}
