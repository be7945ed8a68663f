using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Service.Api.V2;

/// <summary>The metrics of the member <c>series</c>: names of the traffic schema, and aggregators as Druid writes them.</summary>
internal static class MetricsMember
{
    /// <returns>The query with them, and their names.</returns>
    public static (DruidQuery Query, IReadOnlyList<string> Names) Read(JsonMembers members, DruidQuery query, TrafficSchema schema)
    {
        var at = members.Pointer("metrics");
        var (named, own, names) = (new List<TrafficMetric>(), new List<AggregatorSpec>(), new List<string>());
        var items = members.Value("metrics") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToArray() : [];
        if (items.Length == 0)
            members.Errors.Add(at, $"takes a list of metrics: {string.Join(", ", schema.Columns)}, or aggregators as Druid writes them");
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].ValueKind == JsonValueKind.String && schema.Find(items[i].ToString()) is { } metric)
                Add(named, metric, names, metric.Name);
            else if (AggregatorOf(items[i]) is { OutputName: { Length: > 0 } name } aggregator)
                Add(own, aggregator, names, name);
            else
                members.Errors.Add($"{at}/{i}",
                    $"is neither a metric ({string.Join(", ", schema.Columns)}) nor an aggregator with a type and a name");
        }
        var distinct = names.Distinct(StringComparer.Ordinal).ToArray();
        if (distinct.Length < names.Count)
            members.Errors.Add(at, "names a metric twice");
        return (TrafficQuery.Add(query with { Aggregations = own }, named, schema), distinct);
    }

    private static void Add<T>(List<T> list, T item, List<string> names, string name)
    {
        list.Add(item);
        names.Add(name);
    }

    private static AggregatorSpec? AggregatorOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        try
        {
            var query = DruidQuery.Parse(Encoding.UTF8.GetBytes($"{{\"aggregations\":[{json.GetRawText()}]}}"));
            return query.Aggregations is [{ Type.Length: > 0 } aggregator] ? aggregator : null;
        }
        catch (AiOutliersException)
        {
            return null;
        }
    }
}
