using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>Which sensors there are: the values of their dimension in an interval.</summary>
public static class SensorValues
{
    /// <summary>In order of name; rows without a sensor are passed over.</summary>
    /// <exception cref="AiOutliersException">The query failed, or its answer is not that of a groupBy.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        IDruidSource source, TrafficSchema schema, string interval, CancellationToken cancellation)
    {
        // A topN would be cut at 1,000 values by Druid's own setting.
        var query = new DruidQuery
        {
            QueryType = "groupBy",
            DataSource = DataSourceSpec.Table(schema.DataSource),
            Intervals = IntervalsSpec.Of(interval),
            Granularity = GranularitySpec.Simple("all"),
            Dimensions = [DimensionSpec.From(JsonSerializer.SerializeToElement(schema.SensorDimension, DruidQueryJson.Default.String))],
            Aggregations = [new() { Type = "count", Name = "rows" }],
        };
        using var answer = JsonDocument.Parse(await source.AnswerAsync(query.ToUtf8Json(), cancellation));
        if (answer.RootElement.ValueKind != JsonValueKind.Array)
            throw new AiOutliersException(ErrorKind.SourceFailed, "the answer to the question for the sensors is not an array");
        var sensors = answer.RootElement.EnumerateArray().Select(row => SensorOf(row, schema.SensorDimension)).OfType<string>();
        return [.. sensors.Where(static sensor => sensor.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string? SensorOf(JsonElement row, string dimension) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty("event", out var values)
            && values.TryGetProperty(dimension, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
