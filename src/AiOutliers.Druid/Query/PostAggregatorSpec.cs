using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>A post-aggregation of any type: a number computed from the aggregations of the same row.</summary>
public sealed record PostAggregatorSpec
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Of arithmetic: <c>+ - * / quotient pow</c>.</summary>
    [JsonPropertyName("fn")]
    public string? Function { get; init; }

    /// <summary>Of fieldAccess, finalizingFieldAccess and hyperUniqueCardinality: the aggregation.</summary>
    [JsonPropertyName("fieldName")]
    public string? FieldName { get; init; }

    [JsonPropertyName("fields")]
    public IReadOnlyList<PostAggregatorSpec>? Fields { get; init; }

    [JsonPropertyName("field")]
    public PostAggregatorSpec? Field { get; init; }

    /// <summary>Of constant.</summary>
    [JsonPropertyName("value")]
    public JsonElement? Value { get; init; }

    [JsonPropertyName("expression")]
    public string? Expression { get; init; }

    /// <summary>How a topN or groupBy that is ordered by this number treats NaN and infinities: null or <c>numericFirst</c>.</summary>
    [JsonPropertyName("ordering")]
    public string? Ordering { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}
