using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>What the data source and its columns are called, and the metrics that models learn. The default is redBorder's.</summary>
public sealed record TrafficSchema
{
    /// <summary>Where the training data and the sensors come from.</summary>
    public string DataSource { get; init; } = "rb_flow";

    /// <summary>The column that names the sensor.</summary>
    public string SensorDimension { get; init; } = "sensor_name";

    /// <summary>What monitors call their metric.</summary>
    public string MonitorMetric { get; init; } = "monitors";

    /// <summary>Where flows are kept with their addresses, when not in <see cref="DataSource"/>: causes are looked for there.</summary>
    public string? ExplainDataSource { get; init; }

    /// <summary>The dimensions that causes are looked for in when nobody names any, and that are counted in a cause.</summary>
    public IReadOnlyList<string> ExplainDimensions { get; init; } = ["src_ip", "dst_ip", "protocol", "dst_port"];

    /// <summary>The traffic set; <see cref="Check"/> says what holds for it.</summary>
    public IReadOnlyList<TrafficMetric> Metrics { get; init; } =
    [
        new() { Name = "bytes", Aggregator = new() { Type = "longSum", FieldName = "sum_bytes" } },
        new() { Name = "pkts", Aggregator = new() { Type = "longSum", FieldName = "sum_pkts" } },
        new() { Name = "flows", Aggregator = new() { Type = "longSum", FieldName = "events" } },
        new() { Name = "clients", Aggregator = new() { Type = "hyperUnique", FieldName = "clients" } },
        new() { Name = "bps", Of = "bytes", Factor = 8, PerSecond = true },
        new() { Name = "pps", Of = "pkts", PerSecond = true },
        new() { Name = "fps", Of = "flows", PerSecond = true },
        new() { Name = "bytes_per_client", Of = "bytes", Per = "clients" },
        new() { Name = "bits_per_sec_per_client", Of = "bytes", Factor = 8, PerSecond = true, Per = "clients" },
        new() { Name = "flows_per_client", Of = "flows", Per = "clients" },
        new() { Name = "flows_per_sec_per_client", Of = "flows", PerSecond = true, Per = "clients" },
    ];

    /// <summary>Filters that name sensors.</summary>
    public SensorFilter Sensors => new(SensorDimension);

    /// <summary>What all other metrics are computed from: whatever is odd is odd in one of these.</summary>
    public IEnumerable<string> Counts => Metrics.Where(static metric => metric.Aggregator is not null).Select(static metric => metric.Name);

    /// <summary>The metrics in the order of a model's columns: by name, as existing models have them.</summary>
    public IReadOnlyList<string> Columns => [.. Metrics.Select(static metric => metric.Name).Order(StringComparer.Ordinal)];

    /// <summary>The metric of this name; null when the set has none.</summary>
    public TrafficMetric? Find(string name) => Metrics.FirstOrDefault(metric => metric.Name == name);

    /// <summary>Reads a list of metrics from JSON in UTF-8.</summary>
    /// <exception cref="AiOutliersException">It cannot be read, or the metrics do not fit together.</exception>
    public static IReadOnlyList<TrafficMetric> ParseMetrics(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var metrics = JsonSerializer.Deserialize(utf8Json, DruidQueryJson.Default.TrafficMetricArray) ?? [];
            Check(metrics);
            return metrics;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new AiOutliersException(ErrorKind.BadConfiguration, $"The list of metrics cannot be read: {error.Message}", error);
        }
    }

    /// <summary>At least one count; names differ; the others are computed from counts of the list.</summary>
    private static void Check(TrafficMetric[] metrics)
    {
        if (Array.IndexOf(metrics, null) >= 0)
            throw Wrong("null stands in the list of metrics");
        var counts = metrics.Where(static metric => metric.Aggregator is not null).Select(static metric => metric.Name)
            .ToHashSet(StringComparer.Ordinal);
        if (counts.Count == 0)
            throw Wrong("no metric has an aggregator");
        if (metrics.CountBy(static metric => metric.Name).FirstOrDefault(static entry => entry.Value > 1).Key is { } twice)
            throw Wrong($"'{twice}' is named twice");
        foreach (var metric in metrics)
        {
            if (Fault(metric, counts) is { } fault)
                throw Wrong($"metric '{metric.Name}': {fault}");
        }
    }

    private static string? Fault(TrafficMetric metric, HashSet<string> counts) => metric switch
    {
        { Name: null or "" or "granularity" } => "it needs another name",
        { Aggregator: { } aggregator } when string.IsNullOrEmpty(aggregator.Type) => "its aggregator lacks a \"type\"",
        { Aggregator: not null } => metric is { Of: null, Per: null, PerSecond: false, Factor: null }
            ? null
            : "an aggregator stands alone, without \"of\", \"per\", \"per_second\" and \"factor\"",
        { Of: null } => "it needs an \"aggregator\", or \"of\"",
        { Per: null, PerSecond: false } => "\"of\" needs \"per\" or \"per_second\"",
        _ => new[] { metric.Of, metric.Per }.FirstOrDefault(name => name is not null && !counts.Contains(name)) is { } unknown
            ? $"'{unknown}' is not a metric with an aggregator"
            : null,
    };

    private static AiOutliersException Wrong(string message) => new(ErrorKind.BadConfiguration, message);
}
