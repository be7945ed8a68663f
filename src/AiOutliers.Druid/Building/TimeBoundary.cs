using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Building;

/// <summary>Where a data source begins and ends: Druid knows it from its segments, so asking costs it next to nothing.</summary>
public static class TimeBoundary
{
    /// <returns>The time of the first row, in milliseconds since 1970; null when there is none, or the answer does not say.</returns>
    /// <exception cref="AiOutliersException">The query was refused or failed.</exception>
    public static Task<long?> FirstAsync(IDruidSource source, DataSourceSpec dataSource, CancellationToken cancellation) =>
        AskAsync(source, dataSource, "minTime", cancellation);

    /// <returns>The time of the last row, in milliseconds since 1970; null when there is none, or the answer does not say.</returns>
    /// <exception cref="AiOutliersException">The query was refused or failed.</exception>
    public static Task<long?> LastAsync(IDruidSource source, DataSourceSpec dataSource, CancellationToken cancellation) =>
        AskAsync(source, dataSource, "maxTime", cancellation);

    private static async Task<long?> AskAsync(
        IDruidSource source, DataSourceSpec dataSource, string bound, CancellationToken cancellation)
    {
        var query = new DruidQuery { QueryType = "timeBoundary", DataSource = dataSource, Bound = bound };
        try
        {
            using var answer = JsonDocument.Parse(await source.AnswerAsync(query.ToUtf8Json(), cancellation));
            return answer.RootElement is { ValueKind: JsonValueKind.Array } rows && rows.GetArrayLength() > 0
                ? TimeOf(rows[0], bound)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? TimeOf(JsonElement row, string bound) =>
        row.ValueKind == JsonValueKind.Object
        && row.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty(bound, out var found) && found.ValueKind == JsonValueKind.String
        && Timestamps.TryParse(found.GetString(), out var time)
            ? time
            : null;
}
