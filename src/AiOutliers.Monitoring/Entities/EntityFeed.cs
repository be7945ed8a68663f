using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>Asks the data source what a state must know to begin, and then for the newest buckets of all entities at once.</summary>
internal sealed class EntityFeed(IDruidSource source)
{
    private const long RowDays = 8 * 86_400_000L;

    /// <summary>What a state must know before its first window: since when there is data, the usual number of rows, the entities.</summary>
    /// <param name="state">The state.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="window">The window.</param>
    /// <param name="counted">Up to when rows are counted.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task BeginAsync(
        MonitorEntities state, DruidQuery query, Window window, long counted, CancellationToken cancellation)
    {
        var (layout, reading) = (state.Layout, state.Reading);
        reading.DataFrom = await FirstAsync(query, cancellation);
        var counts = await source.SeriesAsync(
            EntityQueries.Rows(query, new(window.From - RowDays / layout.Step * layout.Step, counted)).ToUtf8Json(), cancellation);
        foreach (var (time, count) in Completeness.Rows(counts))
            reading.Rows[time] = count;
        if (state.End == 0 || reading.IsPartial)
            await FindAsync(state, query, new(window.To - layout.Buckets * layout.Step, window.To), cancellation);
        (reading.IsPartial, reading.IsBegun) = (false, true);
    }

    /// <summary>The rows that the state lacks, and those of the window.</summary>
    public Task<SeriesSet> NewestAsync(MonitorEntities state, DruidQuery query, Window window, CancellationToken cancellation)
    {
        var oldest = window.To - state.Layout.Buckets * state.Layout.Step;
        var from = state.End > 0 ? Math.Max(oldest, Math.Min(window.From, state.Layout.TimeOf(state.End))) : window.From;
        return source.SeriesAsync(MonitorQuery.Over(query, window with { From = from }).ToUtf8Json(), cancellation);
    }

    private async Task FindAsync(MonitorEntities state, DruidQuery query, Window ring, CancellationToken cancellation)
    {
        var by = state.Layout.By;
        var keys = new List<string>();
        if (by.Count == 0)
        {
            keys.Add(EntityKeys.Of(SeriesKey.None, by));
        }
        else
        {
            using var answer = JsonDocument.Parse(await source.AnswerAsync(EntityQueries.Keys(query, ring), cancellation));
            keys.AddRange(answer.RootElement.EnumerateArray().Select(row => EntityQueries.KeyOf(row.GetProperty("event"), by)));
        }
        if (state.Count == 0 && keys.Count > EntityHistory.MostNamed(state.Layout, query))
            state.Reading.Together = keys.Count;
        foreach (var key in keys.Where(key => state.Reading.Together == 0 && !state.TryFind(key, out _)))
            state.Reading.Pending.Enqueue(key);
    }

    private async Task<long?> FirstAsync(DruidQuery query, CancellationToken cancellation)
    {
        try
        {
            return query.DataSource is { } data ? await TimeBoundary.FirstAsync(source, data, cancellation) : null;
        }
        catch (AiOutliersException)
        {
            // It tells since when an entity is new; the next query says what is wrong.
            return null;
        }
    }
}
