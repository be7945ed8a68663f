using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Monitoring.Documents;

/// <summary>What a monitor asks, when, and whom it tells.</summary>
/// <param name="Name">Names it for people, in addresses and in the database.</param>
/// <param name="Labels">What alert routes match.</param>
/// <param name="Spec">The rest.</param>
public sealed record MonitorDocument(string Name, IReadOnlyDictionary<string, string> Labels, MonitorSpec Spec)
{
    /// <summary>As it is stored and compared: the keys that were set, in their order.</summary>
    public required JsonObject Json { get; init; }

    public string Canonical => Json.ToJsonString(YamlJson.Readable);
}

/// <summary>The keys of <c>spec</c>; docs/monitors.md says what each means.</summary>
public sealed record MonitorSpec
{
    public string Description { get; init; } = "";

    public required SeriesSpec Series { get; init; }

    public required MonitorSchedule Schedule { get; init; }

    /// <summary>How long after a window's end it is asked for at the earliest.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The share of the usual rows that a window must have.</summary>
    public double MinShare { get; init; } = 0.6;

    /// <summary>How long a window that lacks rows is waited for.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMinutes(30);

    public required MonitorDetector Detector { get; init; }

    public HistorySpan? History { get; init; }

    public double MinSeverity { get; init; } = 50;

    public TimeSpan MinDuration { get; init; }

    /// <summary>Missed windows of so long are made up for.</summary>
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Dimensions that causes are looked for in.</summary>
    public IReadOnlyList<string> Explain { get; init; } = [];

    /// <summary>Contacts that get a message about every incident.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];
}

/// <summary>The series that a monitor judges.</summary>
public sealed record SeriesSpec
{
    public required string DataSource { get; init; }

    /// <summary>Names of the traffic schema, or aggregators as Druid writes them.</summary>
    public required IReadOnlyList<JsonElement> Metrics { get; init; }

    /// <summary>What they are called, those of the traffic schema first.</summary>
    internal IReadOnlyList<string> MetricNames =>
    [
        .. Metrics.Where(static metric => metric.ValueKind == JsonValueKind.String).Select(static metric => metric.GetString()!).Distinct(),
        .. OwnMetrics.Select(static aggregator => aggregator.OutputName!),
    ];

    /// <summary>Those that are aggregators.</summary>
    internal IEnumerable<AggregatorSpec> OwnMetrics => Metrics.Where(static metric => metric.ValueKind == JsonValueKind.Object)
        .Select(static metric => metric.Deserialize<AggregatorSpec>()!);

    /// <summary>An ISO 8601 period.</summary>
    public required string Granularity { get; init; }

    /// <summary>The width of a bucket, in milliseconds.</summary>
    public required long Step { get; init; }

    /// <summary>As Druid writes it.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>The dimensions whose combinations of values are the entities.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>The most entities.</summary>
    public int Top { get; init; } = 10_000;

    public TimeZoneInfo? TimeZone { get; init; }
}

/// <summary>What judges.</summary>
public sealed record MonitorDetector
{
    public required string Name { get; init; }

    /// <summary>Texts by the option's name in JSON; what is not said is as configured.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
