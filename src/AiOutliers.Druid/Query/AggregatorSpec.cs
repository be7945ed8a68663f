using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>An aggregation of any type: one number per bucket.</summary>
public sealed record AggregatorSpec
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("fieldName")]
    public string? FieldName { get; init; }

    /// <summary>Of cardinality: the columns.</summary>
    [JsonPropertyName("fields")]
    public IReadOnlyList<DimensionSpec>? Fields { get; init; }

    /// <summary>Of cardinality: count distinct combinations of the columns instead of distinct values.</summary>
    [JsonPropertyName("byRow")]
    public bool? ByRow { get; init; }

    /// <summary>Of hyperUnique and cardinality: whole numbers.</summary>
    [JsonPropertyName("round")]
    public bool? Round { get; init; }

    /// <summary>Of filtered: which rows count.</summary>
    [JsonPropertyName("filter")]
    public FilterSpec? Filter { get; init; }

    /// <summary>Of filtered: what they are aggregated by.</summary>
    [JsonPropertyName("aggregator")]
    public AggregatorSpec? Aggregator { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }

    /// <summary>The name of the result: its own, or that of the aggregator inside a filtered one.</summary>
    [JsonIgnore]
    public string? OutputName => string.IsNullOrEmpty(Name) ? Aggregator?.OutputName : Name;
}
