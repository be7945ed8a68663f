using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>Which sensors there are: the values of <c>sensor_name</c> in an interval.</summary>
public static class SensorValues
{
    /// <summary>In order of name; rows without a sensor are passed over.</summary>
    /// <exception cref="AiOutliersException">The query failed, or its answer is not that of a groupBy.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        IDruidSource source, string dataSource, string interval, CancellationToken cancellation)
    {
        // A topN would be cut at 1,000 values by Druid's own setting.
        var query = new DruidQuery
        {
            QueryType = "groupBy",
            DataSource = DataSourceSpec.Table(dataSource),
            Intervals = IntervalsSpec.Of(interval),
            Granularity = GranularitySpec.Simple("all"),
            Dimensions = [DimensionSpec.From(JsonSerializer.SerializeToElement(SensorFilter.Dimension, DruidQueryJson.Default.String))],
            Aggregations = [new() { Type = "longSum", Name = "flows", FieldName = "events" }],
        };
        using var answer = JsonDocument.Parse(await source.AnswerAsync(query.ToUtf8Json(), cancellation));
        if (answer.RootElement.ValueKind != JsonValueKind.Array)
            throw new AiOutliersException(ErrorKind.SourceFailed, "the answer to the question which sensors exist is not an array");
        return
        [
            .. answer.RootElement.EnumerateArray()
                .Select(SensorOf)
                .OfType<string>()
                .Where(static sensor => sensor.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string? SensorOf(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object
        && row.TryGetProperty("event", out var values)
        && values.TryGetProperty(SensorFilter.Dimension, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
