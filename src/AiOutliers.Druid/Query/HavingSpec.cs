using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>Which rows of a groupBy are kept, by their aggregated numbers.</summary>
public sealed record HavingSpec
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("aggregation")]
    public string? Aggregation { get; init; }

    [JsonPropertyName("dimension")]
    public DimensionSpec? Dimension { get; init; }

    [JsonPropertyName("value")]
    public JsonElement? Value { get; init; }

    [JsonPropertyName("havingSpecs")]
    public IReadOnlyList<HavingSpec>? HavingSpecs { get; init; }

    /// <summary>Of not.</summary>
    [JsonPropertyName("havingSpec")]
    public HavingSpec? Inner { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}
