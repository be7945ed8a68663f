using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>What is asked of the data source for a monitor's entities, beside their rows.</summary>
internal static class EntityQueries
{
    public const string Counted = "entities";

    /// <summary>The entities of a stretch of time: one row each.</summary>
    public static byte[] Keys(DruidQuery query, Window window)
    {
        var asked = JsonNode.Parse(Counting(query, window).ToUtf8Json())!.AsObject();
        asked["granularity"] = "all";
        return JsonSerializer.SerializeToUtf8Bytes(asked);
    }

    /// <summary>The number of rows in each bucket, of all entities together.</summary>
    public static DruidQuery Rows(DruidQuery query, Window window) => Counting(query, window) with
    {
        QueryType = "timeseries",
        Dimensions = null,
        Context = new Dictionary<string, JsonElement> { ["skipEmptyBuckets"] = JsonSerializer.SerializeToElement(true) },
    };

    /// <summary>How many entities there are, about: one row.</summary>
    public static byte[] Count(DruidQuery query, Window window, IReadOnlyList<string> by)
    {
        var asked = JsonNode.Parse(Rows(query, window).ToUtf8Json())!.AsObject();
        asked["granularity"] = "all";
        asked["aggregations"] = new JsonArray(new JsonObject
        {
            ["type"] = "cardinality",
            ["name"] = Counted,
            ["fields"] = new JsonArray([.. by.Select(static name => (JsonNode)name)]),
            ["byRow"] = true,
        });
        return JsonSerializer.SerializeToUtf8Bytes(asked);
    }

    /// <summary>The rows of some entities.</summary>
    public static DruidQuery Of(DruidQuery query, Window window, IReadOnlyList<SeriesKey> keys, IReadOnlyList<string> by)
    {
        var asked = MonitorQuery.Over(query, window);
        if (by.Count == 0)
            return asked;
        var own = by is [var one] ? In(one, keys) : new() { Type = "or", Fields = [.. keys.Select(key => Each(key, by))] };
        return asked with { Filter = asked.Filter is { } filter ? new FilterSpec { Type = "and", Fields = [filter, own] } : own };
    }

    /// <summary>An entity by the values of a row of an answer.</summary>
    public static string KeyOf(JsonElement values, IReadOnlyList<string> by) =>
        EntityKeys.Of(new([.. by.Select(name => KeyValuePair.Create(name, TextOf(values.GetProperty(name))!))
            .Where(static part => part.Value is not null)]), by);

    private static DruidQuery Counting(DruidQuery query, Window window) => MonitorQuery.Over(query, window) with
    {
        Aggregations = [new() { Type = "count", Name = MonitorQuery.RowCount }],
        PostAggregations = null,
    };

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static FilterSpec In(string dimension, IReadOnlyList<SeriesKey> keys) =>
        new() { Type = "in", Dimension = dimension, Values = [.. keys.Select(key => JsonOf(key.ValueOf(dimension)))] };

    private static FilterSpec Each(SeriesKey key, IReadOnlyList<string> by) => new()
    {
        Type = "and",
        Fields = [.. by.Select(name => new FilterSpec { Type = "selector", Dimension = name, Value = JsonOf(key.ValueOf(name)) })],
    };

    private static JsonElement JsonOf(string? value) => JsonSerializer.SerializeToElement(value);
}
