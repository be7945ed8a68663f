using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>
/// Replaces a query's aggregations by the traffic set that the deep models are trained on: counts, and the rates and ratios of them.
/// Everything else of the query stays as it came.
/// </summary>
public static class TrafficQuery
{
    /// <exception cref="AiOutliersException">The query is not a timeseries, or its granularity has no width.</exception>
    public static DruidQuery Build(DruidQuery query, TrafficSchema schema)
    {
        if (query.QueryType is not ("timeseries" or "groupBy"))
            throw new AiOutliersException(ErrorKind.BadInput, $"the query is of type '{query.QueryType}'; a model needs a timeseries");
        var seconds = QueryBuckets.Width(query.Granularity)?.Seconds ?? throw new AiOutliersException(ErrorKind.BadInput,
            "the query has no granularity with a width; use a simple name such as minute, or a period such as PT5M");
        return With(query, schema.Metrics, schema, seconds);
    }

    /// <summary>The query with some metrics of the set, and the counts that they are computed from, after its own aggregations.</summary>
    /// <param name="query">It has a granularity with a width where a metric is a rate.</param>
    /// <param name="metrics">Metrics of the set.</param>
    /// <param name="schema">The set.</param>
    /// <exception cref="AiOutliersException">The granularity has no width, and a metric is a rate.</exception>
    public static DruidQuery Add(DruidQuery query, IReadOnlyList<TrafficMetric> metrics, TrafficSchema schema)
    {
        if (metrics.Count == 0)
            return query;
        var needed = schema.Metrics.Where(metric => metrics.Any(wanted =>
            wanted == metric || IsCount(metric) && (wanted.Of == metric.Name || wanted.Per == metric.Name)));
        var seconds = QueryBuckets.Width(query.Granularity)?.Seconds ?? 1;
        var added = With(query, [.. needed], schema, seconds);
        return added with
        {
            Aggregations = [.. query.Aggregations ?? [], .. added.Aggregations!],
            PostAggregations = added.PostAggregations is [] ? null : added.PostAggregations,
        };
    }

    private static DruidQuery With(
        DruidQuery query, IReadOnlyList<TrafficMetric> metrics, TrafficSchema schema, double seconds) => query with
        {
            Aggregations = [.. metrics.Where(IsCount).Select(static metric => metric.Aggregator! with { Name = metric.Name })],
            PostAggregations = [.. metrics.Where(static metric => !IsCount(metric)).Select(metric => Quotient(metric, schema, seconds))],
        };

    private static bool IsCount(TrafficMetric metric) => metric.Aggregator is not null;

    /// <summary>As Druid has it, a division by zero gives 0.</summary>
    private static PostAggregatorSpec Quotient(TrafficMetric metric, TrafficSchema schema, double seconds)
    {
        var count = Access(metric.Of!, schema);
        var scaled = metric.Factor is { } factor ? Arithmetic("product", "*", [count, Constant("factor", factor)]) : count;
        var fields = new List<PostAggregatorSpec> { scaled };
        if (metric.PerSecond)
            fields.Add(Constant("seconds", seconds));
        if (metric.Per is { } divisor)
            fields.Add(Access(divisor, schema));
        return Arithmetic(metric.Name, "/", fields);
    }

    private static PostAggregatorSpec Arithmetic(string name, string function, IReadOnlyList<PostAggregatorSpec> fields) =>
        new() { Type = "arithmetic", Name = name, Function = function, Fields = fields };

    /// <summary>A sketch has to become a number before it is computed with.</summary>
    private static PostAggregatorSpec Access(string name, TrafficSchema schema) => new()
    {
        Type = schema.Find(name)?.Aggregator?.Type switch
        {
            "hyperUnique" => "hyperUniqueCardinality",
            "count" or "longSum" or "doubleSum" or "floatSum" => "fieldAccess",
            _ => "finalizingFieldAccess",
        },
        Name = name,
        FieldName = name,
    };

    private static PostAggregatorSpec Constant(string name, double value) =>
        new() { Type = "constant", Name = name, Value = JsonSerializer.SerializeToElement(value, DruidQueryJson.Default.Double) };
}
