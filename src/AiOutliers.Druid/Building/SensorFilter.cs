using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>Finds the one sensor that a filter lets through.</summary>
public static class SensorFilter
{
    private const string Dimension = "sensor_name";

    /// <summary>
    /// The sensor's name when the filter pins <c>sensor_name</c> to one value: a selector, an equals, an in with one value, or one of these inside
    /// and. Null otherwise.
    /// </summary>
    public static string? SensorOf(FilterSpec? filter) => filter?.Type switch
    {
        "selector" when filter.Dimension == Dimension => TextOf(filter.Value),
        "equals" when filter.Column == Dimension => TextOf(filter.MatchValue),
        "in" when filter.Dimension == Dimension && filter.Values is [var only] => TextOf(only),
        "and" => filter.Fields?.Select(SensorOf).FirstOrDefault(static sensor => sensor is not null),
        _ => null,
    };

    /// <summary>The same of a filter in JSON; null also when it cannot be read.</summary>
    public static string? SensorOf(ReadOnlySpan<byte> filterJson)
    {
        try
        {
            return SensorOf(JsonSerializer.Deserialize(filterJson, DruidQueryJson.Default.FilterSpec));
        }
        // Half of a surrogate pair is valid JSON, but no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
