using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>A column that the query computes from others.</summary>
public sealed record VirtualColumnSpec
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("expression")]
    public string? Expression { get; init; }

    /// <summary>LONG, FLOAT, DOUBLE or STRING.</summary>
    [JsonPropertyName("outputType")]
    public string? OutputType { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}
