using System.Text.Json.Serialization;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>
/// A metric of the traffic set: a count, which Druid aggregates, or a rate or ratio, which Druid computes from counts:
/// <c>of · factor / seconds per bucket / per</c>.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TrafficMetric
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Of a count: how Druid aggregates it; its own name is not needed.</summary>
    [JsonPropertyName("aggregator")]
    public AggregatorSpec? Aggregator { get; init; }

    /// <summary>Of a rate or ratio: the count that is divided.</summary>
    [JsonPropertyName("of")]
    public string? Of { get; init; }

    /// <summary>Times the count, such as 8 bits in a byte; null: as it is.</summary>
    [JsonPropertyName("factor")]
    public double? Factor { get; init; }

    /// <summary>Divided by the seconds of a bucket.</summary>
    [JsonPropertyName("per_second")]
    public bool PerSecond { get; init; }

    /// <summary>Divided by this count.</summary>
    [JsonPropertyName("per")]
    public string? Per { get; init; }
}
