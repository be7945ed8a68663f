using System.Globalization;
using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>The first values of one dimension in each bucket, by a result or by name.</summary>
internal static class TopNQuery
{
    /// <returns>
    /// Rows of the dimension and the results, with the bucket in front unless the granularity is all; and the dimension's name.
    /// </returns>
    public static (List<object?[]> Rows, string Dimension) Run(DruidQuery query, AggregatedQuery aggregated, SqlRunner runner)
    {
        var (sql, key) = Statement(query, aggregated);
        return (sql is null ? [] : runner.Run(sql, aggregated.Parameters), key.Name);
    }

    /// <returns>The statement, null where the answer has no rows; and what it groups by.</returns>
    public static (string? Sql, GroupKey Key) Statement(DruidQuery query, AggregatedQuery aggregated)
    {
        var key = GroupKey.Of(query.Dimension ?? throw Unsupported.Wrong("it has no dimension"), aggregated.Column, noneIsNull: false);
        var threshold = query.Threshold is { } count and > 0 ? count : throw Unsupported.Wrong("its threshold is missing or below 1");
        var byBucket = !aggregated.Buckets.IsAll;
        if (aggregated.Time.Parts.Count == 0)
            return (null, key);
        var order = Order(query.Metric ?? throw Unsupported.Wrong("it has no metric"), key, aggregated, descending: true);
        var rows = aggregated.Sql([key], byBucket);
        // The first of all need no order of the others: of millions of values the database holds only these.
        if (!byBucket)
            return (string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM ({rows}) ORDER BY {order} LIMIT {threshold}"), key);
        var ranked = $"SELECT *, row_number() OVER (PARTITION BY {AggregatedQuery.Bucket} ORDER BY {order}) AS __rank FROM ({rows})";
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT * EXCLUDE (__rank) FROM ({ranked}) WHERE __rank <= {threshold} ORDER BY {AggregatedQuery.Bucket}, __rank");
        return (sql, key);
    }

    private static string Order(JsonElement metric, GroupKey key, AggregatedQuery aggregated, bool descending)
    {
        var name = Column.Quote(key.Name);
        if (metric.ValueKind == JsonValueKind.String)
        {
            var column = aggregated.Result(metric.GetString()!)
                ?? throw Unsupported.Wrong($"its metric '{metric.GetString()}' is not an aggregation of it");
            return $"{column.Sql} {(descending ? "DESC" : "ASC")} NULLS LAST, {name} ASC NULLS FIRST";
        }
        var type = metric.ValueKind == JsonValueKind.Object ? StringIn(metric, "type") : null;
        switch (type)
        {
            case "numeric" or "inverted" when metric.TryGetProperty("metric", out var inner):
                return Order(inner, key, aggregated, type == "numeric" ? descending : !descending);
            case "lexicographic":
            case "dimension" when !metric.TryGetProperty("ordering", out _) || StringIn(metric, "ordering") == "lexicographic":
                if (metric.TryGetProperty("previousStop", out var stop) && stop.ValueKind != JsonValueKind.Null)
                    throw Unsupported.Feature("previousStop in the metric of a topN");
                return $"{name} {(descending ? "ASC" : "DESC")} NULLS FIRST";
            default:
                throw Unsupported.Feature($"the metric '{metric.GetRawText()}' of a topN");
        }
    }

    private static string? StringIn(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
