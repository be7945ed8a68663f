using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Runs;

/// <summary>A monitor's series as a query, and the names of its metrics.</summary>
internal sealed record MonitorQuery(DruidQuery Query, IReadOnlyList<string> Metrics)
{
    /// <summary>How many rows of the data source a bucket counts; nobody judges it.</summary>
    public const string RowCount = "__rows";

    public static MonitorQuery Of(SeriesSpec spec, TrafficSchema traffic, Window window)
    {
        var query = new DruidQuery
        {
            QueryType = "timeseries",
            DataSource = DataSourceSpec.Table(spec.DataSource),
            Intervals = IntervalsSpec.Of($"{Text(window.From)}/{Text(window.To)}"),
            Granularity = GranularitySpec.Period(spec.Granularity),
            Filter = spec.Filter?.Deserialize<FilterSpec>(),
            Context = new Dictionary<string, JsonElement> { ["skipEmptyBuckets"] = JsonSerializer.SerializeToElement(true) },
        };
        var names = spec.Metrics.Where(static metric => metric.ValueKind == JsonValueKind.String)
            .Select(static metric => metric.GetString()!).ToHashSet(StringComparer.Ordinal);
        query = WithMetrics(query, names, [.. spec.OwnMetrics], traffic);
        return new(spec.By.Count > 0 ? KeyedQuery.By(query, spec.By) : query, spec.MetricNames);
    }

    /// <summary>Of the traffic set what was named, and the counts that it is computed from.</summary>
    private static DruidQuery WithMetrics(DruidQuery query, HashSet<string> names, List<AggregatorSpec> own, TrafficSchema traffic)
    {
        var all = TrafficQuery.Build(query, traffic);
        var needed = names.Select(traffic.Find).OfType<TrafficMetric>()
            .SelectMany(static metric => new[] { metric.Name, metric.Of, metric.Per }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var quotients = all.PostAggregations!.Where(post => names.Contains(post.Name!)).ToList();
        return query with
        {
            Aggregations =
            [
                .. all.Aggregations!.Where(aggregator => needed.Contains(aggregator.OutputName!)), .. own,
                new() { Type = "count", Name = RowCount },
            ],
            PostAggregations = quotients.Count > 0 ? quotients : null,
        };
    }

    /// <summary>What is asked, whatever the time.</summary>
    public string Identity =>
        Convert.ToHexStringLower(SHA256.HashData((Query with { Intervals = null }).ToUtf8Json()));

    /// <summary>What the state of the entities looks like; null where nothing is kept because no history is wanted.</summary>
    public EntityLayout? LayoutOf(MonitorSpec spec, HistorySettings history)
    {
        var (span, step) = (spec.History ?? history.Span, spec.Series.Step);
        var buckets = (long)span.For(TimeSpan.FromMilliseconds(step)).TotalMilliseconds / step;
        return span.IsOff || buckets < 1 ? null : new(step, (int)Math.Min(buckets, history.Rows), Metrics, spec.Series.By);
    }

    /// <summary>The same query over another time.</summary>
    public static DruidQuery Over(DruidQuery query, Window window) =>
        query with { Intervals = IntervalsSpec.Of($"{Text(window.From)}/{Text(window.To)}") };

    private static string Text(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
