using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// Reads the whole values of entities that are new: of few by their names, of many all together, one stretch of time after the other.
/// The data source then reads each row once, and answers are small.
/// </summary>
internal sealed class EntityHistory(IDruidSource source, TimeProvider clock)
{
    /// <summary>Rows times columns of one answer: some 100 MB.</summary>
    private const long MostValues = 6_000_000;

    /// <summary>Of a stretch of all: some 30 MB here, and room in the data source to group them by name.</summary>
    private const long MostTogether = 1_500_000;

    /// <summary>The embedded engine takes queries of 64 kB.</summary>
    private const int LongestFilter = 32_000;

    private const int MostCombinations = 300;

    /// <summary>How many entities are asked for at once by their names.</summary>
    public static int MostNamed(EntityLayout layout, DruidQuery query) =>
        (int)Math.Min(Math.Max(1, MostValues / Columns(query) / layout.Buckets), layout.By.Count > 1 ? MostCombinations : int.MaxValue);

    /// <summary>Reads what is lacking.</summary>
    /// <param name="state">Gets it.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="patience">For so long.</param>
    /// <param name="progress">Gets the share that is done, up to a half: what is read has to be judged.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many rows it has.</returns>
    public async Task<long> LoadAsync(
        MonitorEntities state, DruidQuery query, TimeSpan patience, IProgress<double>? progress, CancellationToken cancellation)
    {
        var (reading, started, rows) = (state.Reading, clock.GetTimestamp(), 0L);
        while ((reading.Together > 0 || reading.Pending.Count > 0) && clock.GetElapsedTime(started) < patience)
        {
            rows += reading.Together > 0
                ? await StretchAsync(state, query, cancellation)
                : await NamedAsync(state, query, cancellation);
            progress?.Report(reading.Together > 0
                ? 0.5 * (state.End - state.KnownFrom) / state.Layout.Buckets
                : 0.5 * state.Loaded / Math.Max(1, state.Loaded + reading.Pending.Count));
        }
        return rows;
    }

    private async Task<long> StretchAsync(MonitorEntities state, DruidQuery query, CancellationToken cancellation)
    {
        var (layout, reading, end) = (state.Layout, state.Reading, state.KnownFrom);
        var buckets = Math.Max(1, MostTogether / Columns(query) / reading.Together);
        var from = end - state.Start > buckets ? end - (uint)buckets : state.Start;
        var window = new Window(layout.TimeOf(from), layout.TimeOf(end));
        var series = await source.SeriesAsync(MonitorQuery.Over(query, window).ToUtf8Json(), cancellation);
        EntityRows.Put(state, series);
        reading.ReadFrom = from;
        if (from == state.Start || window.From <= reading.DataFrom)
            (reading.Together, reading.ReadFrom) = (0, null);
        return series.Rows;
    }

    private async Task<long> NamedAsync(MonitorEntities state, DruidQuery query, CancellationToken cancellation)
    {
        var (layout, pending) = (state.Layout, state.Reading.Pending);
        var keys = Next(pending, MostNamed(layout, query));
        var window = new Window(layout.TimeOf(state.Start), layout.TimeOf(state.End));
        var asked = EntityQueries.Of(query, window, [.. keys.Select(key => EntityKeys.Read(key, layout.By))], layout.By);
        var series = await source.SeriesAsync(asked.ToUtf8Json(), cancellation);
        for (var one = 0; one < series.Count; one++)
            Load(state, EntityKeys.Of(series.Key(one), layout.By), series.Table(one));
        for (var read = 0; read < keys.Count; read++)
            pending.Dequeue();
        return series.Rows;
    }

    private static void Load(MonitorEntities state, string key, MetricTable table)
    {
        if (table.Rows > 0)
            state.Load(state.TryFind(key, out var place) ? place : state.Add(key), table);
    }

    /// <summary>The entities that are asked for at once; they stay where they are until their values have come.</summary>
    private static List<string> Next(Queue<string> pending, int most)
    {
        var (keys, length) = (new List<string>(), 0);
        foreach (var key in pending)
        {
            if (keys.Count == most || keys.Count > 0 && length + key.Length > LongestFilter)
                break;
            keys.Add(key);
            length += key.Length + 4;
        }
        return keys;
    }

    private static int Columns(DruidQuery query) => query.Aggregations!.Count + (query.PostAggregations?.Count ?? 0);
}
