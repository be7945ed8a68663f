using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Building;

/// <summary>Where a data source begins: Druid knows it from its segments, so asking costs it next to nothing.</summary>
public static class TimeBoundary
{
    /// <returns>The time of the first row, in milliseconds since 1970; null when there is none, or the answer does not say.</returns>
    /// <exception cref="AiOutliersException">The query was refused or failed.</exception>
    public static async Task<long?> FirstAsync(IDruidSource source, DataSourceSpec dataSource, CancellationToken cancellation)
    {
        var query = new DruidQuery { QueryType = "timeBoundary", DataSource = dataSource, Bound = "minTime" };
        try
        {
            using var answer = JsonDocument.Parse(await source.AnswerAsync(query.ToUtf8Json(), cancellation));
            return answer.RootElement is { ValueKind: JsonValueKind.Array } rows && rows.GetArrayLength() > 0 ? FirstOf(rows[0]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? FirstOf(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object
        && row.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty("minTime", out var first) && first.ValueKind == JsonValueKind.String
        && Timestamps.TryParse(first.GetString(), out var time)
            ? time
            : null;
}
