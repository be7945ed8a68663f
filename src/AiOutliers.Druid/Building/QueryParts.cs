using System.Text.Json;
using AiOutliers.Detection.Attribution;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>Small parts of queries.</summary>
internal static class QueryParts
{
    public static FilterSpec? And(FilterSpec? filter, IReadOnlyList<ElementPart> where)
    {
        FilterSpec[] all = [.. filter is null ? [] : new[] { filter }, .. where.Select(Equal)];
        return all switch { [] => null, [var one] => one, _ => new() { Type = "and", Fields = all } };
    }

    public static IntervalsSpec Intervals(IReadOnlyList<TimeWindow> windows) =>
        IntervalsSpec.Of([.. windows.Select(static own => own.ToString())]);

    public static DimensionSpec Column(string name) => DimensionSpec.From(Json(name));

    public static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text, DruidQueryJson.Default.String);

    public static JsonElement Json(double number) => JsonSerializer.SerializeToElement(number, DruidQueryJson.Default.Double);

    /// <summary>An aggregation of the rows of some windows.</summary>
    public static AggregatorSpec Within(AggregatorSpec aggregator, string name, params IReadOnlyList<TimeWindow> windows) => new()
    {
        Type = "filtered",
        Name = name,
        Filter = new() { Type = "interval", Dimension = "__time", Intervals = Intervals(windows) },
        Aggregator = aggregator with { Name = name },
    };

    private static FilterSpec Equal(ElementPart part) => new()
    {
        Type = "selector",
        Dimension = part.Dimension,
        Value = part.Value is { } value ? Json(value) : JsonElement.Parse("null"u8),
    };
}
