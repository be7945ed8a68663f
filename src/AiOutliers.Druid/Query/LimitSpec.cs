using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>Order and number of a groupBy's rows.</summary>
public sealed record LimitSpec
{
    /// <summary><c>default</c> or <c>NoopLimitSpec</c>.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("limit")]
    public int? Limit { get; init; }

    [JsonPropertyName("offset")]
    public int? Offset { get; init; }

    [JsonPropertyName("columns")]
    public IReadOnlyList<OrderColumnSpec>? Columns { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}
