using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>
/// A Druid native query: the fields that this project reads or replaces, and in <see cref="Other"/> every field that it
/// does not know, as it came. A query that is read and written again means the same to Druid; a copy with other
/// aggregations is <c>query with { … }</c>.
/// </summary>
public sealed record DruidQuery
{
    [JsonPropertyName("queryType")]
    public string? QueryType { get; init; }

    [JsonPropertyName("dataSource")]
    public DataSourceSpec? DataSource { get; init; }

    [JsonPropertyName("intervals")]
    public IntervalsSpec? Intervals { get; init; }

    [JsonPropertyName("granularity")]
    public GranularitySpec? Granularity { get; init; }

    [JsonPropertyName("filter")]
    public FilterSpec? Filter { get; init; }

    /// <summary>The dimension of a topN.</summary>
    [JsonPropertyName("dimension")]
    public DimensionSpec? Dimension { get; init; }

    /// <summary>The dimensions of a groupBy.</summary>
    [JsonPropertyName("dimensions")]
    public IReadOnlyList<DimensionSpec>? Dimensions { get; init; }

    /// <summary>What a topN is ordered by: a name, or an object such as <c>{"type":"inverted","metric":"bytes"}</c>.</summary>
    [JsonPropertyName("metric")]
    public JsonElement? Metric { get; init; }

    /// <summary>How many rows per bucket a topN gives.</summary>
    [JsonPropertyName("threshold")]
    public int? Threshold { get; init; }

    [JsonPropertyName("aggregations")]
    public IReadOnlyList<AggregatorSpec>? Aggregations { get; init; }

    [JsonPropertyName("postAggregations")]
    public IReadOnlyList<PostAggregatorSpec>? PostAggregations { get; init; }

    [JsonPropertyName("virtualColumns")]
    public IReadOnlyList<VirtualColumnSpec>? VirtualColumns { get; init; }

    [JsonPropertyName("having")]
    public HavingSpec? Having { get; init; }

    [JsonPropertyName("limitSpec")]
    public LimitSpec? LimitSpec { get; init; }

    /// <summary>The most rows that a timeseries gives.</summary>
    [JsonPropertyName("limit")]
    public int? Limit { get; init; }

    [JsonPropertyName("descending")]
    public bool? Descending { get; init; }

    /// <summary>Of a timeBoundary: <c>minTime</c>, <c>maxTime</c>, or both when it is missing.</summary>
    [JsonPropertyName("bound")]
    public string? Bound { get; init; }

    [JsonPropertyName("context")]
    public IReadOnlyDictionary<string, JsonElement>? Context { get; init; }

    /// <summary>Every other field, as it came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }

    /// <summary>Reads a query from JSON in UTF-8.</summary>
    /// <exception cref="Detection.AiOutliersException">It is not JSON, or not a query; the message says where.</exception>
    public static DruidQuery Parse(ReadOnlySpan<byte> utf8Json) => DruidQueryJson.ParseQuery(utf8Json);

    /// <summary>The query as JSON in UTF-8, without blanks.</summary>
    public byte[] ToUtf8Json() => DruidQueryJson.Write(this);

    /// <summary>A flag of the context, which Druid takes as <c>true</c> or as <c>"true"</c>.</summary>
    public bool ContextFlag(string name) => Context is not null && Context.TryGetValue(name, out var value)
        && (value.ValueKind == JsonValueKind.True
            || value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), "true", StringComparison.OrdinalIgnoreCase));
}
