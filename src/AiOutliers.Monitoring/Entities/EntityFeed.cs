using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// Asks the data source for what a state lacks: the newest buckets of all entities at once, and the whole values of entities that are new.
/// </summary>
internal sealed class EntityFeed(IDruidSource source, TimeProvider clock)
{
    /// <summary>Rows times columns of one answer: some 100 MB.</summary>
    private const long MostValues = 6_000_000;

    /// <summary>The embedded engine takes queries of 64 kB.</summary>
    private const int LongestFilter = 32_000;

    private const int MostCombinations = 300;

    /// <summary>A run reads whole values for so long; entities that are ready are judged, and the next run goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const long RowDays = 8 * 86_400_000L;

    /// <summary>What a state must know before its first window: since when there is data, the usual number of rows, the entities.</summary>
    public async Task BeginAsync(MonitorEntities state, DruidQuery query, Window window, CancellationToken cancellation)
    {
        var layout = state.Layout;
        state.DataFrom = await FirstAsync(query, cancellation);
        var counts = await source.SeriesAsync(
            EntityQueries.Rows(query, new(window.From - RowDays / layout.Step * layout.Step, window.From)).ToUtf8Json(), cancellation);
        foreach (var (time, count) in Completeness.Rows(counts))
            state.Rows[time] = count;
        if (state.End == 0 || state.IsPartial)
            await FindAsync(state, query, new(window.To - layout.Buckets * layout.Step, window.To), cancellation);
        (state.IsPartial, state.IsBegun) = (false, true);
    }

    /// <summary>The rows that the state lacks, and those of the window.</summary>
    public Task<SeriesSet> NewestAsync(MonitorEntities state, DruidQuery query, Window window, CancellationToken cancellation)
    {
        var oldest = window.To - state.Layout.Buckets * state.Layout.Step;
        var from = state.End > 0 ? Math.Max(oldest, Math.Min(window.From, state.Layout.TimeOf(state.End))) : window.From;
        return source.SeriesAsync(MonitorQuery.Over(query, window with { From = from }).ToUtf8Json(), cancellation);
    }

    /// <summary>Reads the whole values of entities that wait for them, for some time at most.</summary>
    /// <returns>How many rows they have.</returns>
    public async Task<long> LoadAsync(MonitorEntities state, DruidQuery query, CancellationToken cancellation)
    {
        var (layout, started, rows) = (state.Layout, clock.GetTimestamp(), 0L);
        var window = new Window(layout.TimeOf(state.Start), layout.TimeOf(state.End));
        var columns = query.Aggregations!.Count + (query.PostAggregations?.Count ?? 0);
        var most = Math.Max(1, MostValues / columns / layout.Buckets);
        while (state.Pending.Count > 0 && clock.GetElapsedTime(started) < Patience)
        {
            var keys = Next(state, (int)Math.Min(most, layout.By.Count > 1 ? MostCombinations : most));
            var asked = EntityQueries.Of(query, window, [.. keys.Select(key => EntityKeys.Read(key, layout.By))], layout.By);
            var series = await source.SeriesAsync(asked.ToUtf8Json(), cancellation);
            for (var one = 0; one < series.Count; one++)
                Load(state, EntityKeys.Of(series.Key(one), layout.By), series.Table(one));
            rows += series.Rows;
            for (; keys.Count > 0; keys.RemoveAt(keys.Count - 1))
                state.Pending.Dequeue();
        }
        return rows;
    }

    private static void Load(MonitorEntities state, string key, MetricTable table)
    {
        if (table.Rows > 0)
            state.Load(state.TryFind(key, out var place) ? place : state.Add(key), table);
    }

    private async Task FindAsync(MonitorEntities state, DruidQuery query, Window ring, CancellationToken cancellation)
    {
        var by = state.Layout.By;
        if (by.Count == 0)
        {
            state.Pending.Enqueue(EntityKeys.Of(SeriesKey.None, by));
            return;
        }
        using var answer = JsonDocument.Parse(await source.AnswerAsync(EntityQueries.Keys(query, ring), cancellation));
        foreach (var row in answer.RootElement.EnumerateArray())
        {
            if (EntityQueries.KeyOf(row.GetProperty("event"), by) is var key && !state.TryFind(key, out _))
                state.Pending.Enqueue(key);
        }
    }

    /// <summary>The entities that are asked for at once; they stay where they are until their values have come.</summary>
    private static List<string> Next(MonitorEntities state, int most)
    {
        var (keys, length) = (new List<string>(), 0);
        foreach (var key in state.Pending)
        {
            if (keys.Count == most || keys.Count > 0 && length + key.Length > LongestFilter)
                break;
            keys.Add(key);
            length += key.Length + 4;
        }
        return keys;
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
