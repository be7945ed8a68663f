using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>Finds the one sensor that a filter lets through.</summary>
public static class SensorFilter
{
    /// <summary>The column that names the sensor.</summary>
    internal const string Dimension = "sensor_name";

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

    /// <summary>A filter for the rows of these sensors, as JSON.</summary>
    /// <param name="sensors">At least one.</param>
    public static string Of(params IReadOnlyList<string> sensors)
    {
        var values = sensors.Select(static sensor => JsonSerializer.SerializeToElement(sensor, DruidQueryJson.Default.String)).ToArray();
        var filter = sensors.Count == 1
            ? new FilterSpec { Type = "selector", Dimension = Dimension, Value = values[0] }
            : new FilterSpec { Type = "in", Dimension = Dimension, Values = values };
        return JsonSerializer.Serialize(filter, DruidQueryJson.Default.FilterSpec);
    }

    /// <summary>
    /// One filter for each sensor where this one lets several sensors through by name (an in of <c>sensor_name</c>), for their rows are series of
    /// their own; else the filter itself.
    /// </summary>
    public static IReadOnlyList<FilterSpec?> Apart(FilterSpec? filter) => filter is { Type: "in", Dimension: Dimension, Values: { Count: > 1 } values }
        ? [.. values.Select(static value => new FilterSpec { Type = "selector", Dimension = Dimension, Value = value })]
        : [filter];

    /// <summary>Reads a filter from JSON in UTF-8.</summary>
    /// <exception cref="AiOutliersException">It is none.</exception>
    public static FilterSpec Parse(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            if (JsonSerializer.Deserialize(utf8Json, DruidQueryJson.Default.FilterSpec) is { Type: not null } filter)
                return filter;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"the filter is no valid JSON: {error.Message}", error);
        }
        throw new AiOutliersException(ErrorKind.BadInput, "the filter is no Druid filter: it has no \"type\"");
    }

    private static string? TextOf(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
