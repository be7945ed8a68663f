using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>Filters for sensors: makes them, and finds the one sensor that a filter lets through.</summary>
/// <param name="dimension">The column that names the sensor.</param>
public sealed class SensorFilter(string dimension)
{
    /// <summary>
    /// The sensor's name when the filter pins the dimension to one value: a selector, an equals, an in with one value, or one of these
    /// inside and. Null otherwise.
    /// </summary>
    public string? SensorOf(FilterSpec? filter) => filter?.Type switch
    {
        "selector" when filter.Dimension == dimension => TextOf(filter.Value),
        "equals" when filter.Column == dimension => TextOf(filter.MatchValue),
        "in" when filter.Dimension == dimension && filter.Values is [var only] => TextOf(only),
        "and" => filter.Fields?.Select(SensorOf).FirstOrDefault(static sensor => sensor is not null),
        _ => null,
    };

    /// <summary>The same of a filter in JSON; null also when it cannot be read.</summary>
    public string? SensorOf(ReadOnlySpan<byte> filterJson)
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

    /// <summary>A filter for the rows of these sensors, as JSON.</summary>
    /// <param name="sensors">At least one.</param>
    public string Of(params IReadOnlyList<string> sensors)
    {
        var values = sensors.Select(static sensor => JsonSerializer.SerializeToElement(sensor, DruidQueryJson.Default.String)).ToArray();
        var filter = sensors.Count == 1
            ? new FilterSpec { Type = "selector", Dimension = dimension, Value = values[0] }
            : new FilterSpec { Type = "in", Dimension = dimension, Values = values };
        return JsonSerializer.Serialize(filter, DruidQueryJson.Default.FilterSpec);
    }

    /// <summary>
    /// One filter for each sensor where this one lets several sensors through by name (an in of the dimension), because their rows are
    /// series of their own; else the filter itself.
    /// </summary>
    public IReadOnlyList<FilterSpec?> Apart(FilterSpec? filter) =>
        filter is { Type: "in", Values: { Count: > 1 } values } && filter.Dimension == dimension
        ? [.. values.Select(value => new FilterSpec { Type = "selector", Dimension = dimension, Value = value })]
        : [filter];

    /// <summary>Reads a filter from JSON in UTF-8.</summary>
    /// <exception cref="AiOutliersException">It is not a filter.</exception>
    public static FilterSpec Parse(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            if (JsonSerializer.Deserialize(utf8Json, DruidQueryJson.Default.FilterSpec) is { Type: not null } filter)
                return filter;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"the filter is not valid JSON: {error.Message}", error);
        }
        throw new AiOutliersException(ErrorKind.BadInput, "the filter is not a Druid filter: it lacks a \"type\"");
    }

    private static string? TextOf(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
