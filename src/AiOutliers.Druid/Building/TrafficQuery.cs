using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>
/// Replaces a query's aggregations by the traffic set that the deep models are trained on: bytes, pkts, flows and clients, and the rates and
/// ratios of them. Everything else of the query stays as it came.
/// </summary>
public static class TrafficQuery
{
    private const string SecondsPerBucket = "seconds";

    /// <exception cref="AiOutliersException">The query is no timeseries, or its granularity has no width.</exception>
    public static DruidQuery Build(DruidQuery query)
    {
        if (query.QueryType != "timeseries")
            throw new AiOutliersException(ErrorKind.BadInput, $"the query is of type '{query.QueryType}'; a model needs a timeseries");
        var seconds = QueryBuckets.Width(query.Granularity)?.Seconds
            ?? throw new AiOutliersException(ErrorKind.BadInput, "the query has no granularity with a width; use a simple name such as minute, or a period such as PT5M");
        return query with
        {
            Aggregations =
            [
                Aggregator("longSum", "bytes", "sum_bytes"),
                Aggregator("longSum", "pkts", "sum_pkts"),
                Aggregator("longSum", "flows", "events"),
                Aggregator("hyperUnique", "clients", "clients"),
            ],
            PostAggregations =
            [
                Quotient("bps", Product(Field("bytes"), Constant("bits", 8)), Constant(SecondsPerBucket, seconds)),
                Quotient("pps", Field("pkts"), Constant(SecondsPerBucket, seconds)),
                Quotient("fps", Field("flows"), Constant(SecondsPerBucket, seconds)),
                Quotient("bytes_per_client", Field("bytes"), Clients()),
                Quotient("bits_per_sec_per_client", Product(Field("bytes"), Constant("bits", 8)), Constant(SecondsPerBucket, seconds), Clients()),
                Quotient("flows_per_client", Field("flows"), Clients()),
                Quotient("flows_per_sec_per_client", Field("flows"), Constant(SecondsPerBucket, seconds), Clients()),
            ],
        };
    }

    private static AggregatorSpec Aggregator(string type, string name, string field) => new() { Type = type, Name = name, FieldName = field };

    /// <summary>The first divided by all others; as Druid has it, a division by zero gives 0.</summary>
    private static PostAggregatorSpec Quotient(string name, params IReadOnlyList<PostAggregatorSpec> fields) => new() { Type = "arithmetic", Name = name, Function = "/", Fields = fields };

    private static PostAggregatorSpec Product(params IReadOnlyList<PostAggregatorSpec> fields) => new() { Type = "arithmetic", Name = "product", Function = "*", Fields = fields };

    private static PostAggregatorSpec Field(string name) => new() { Type = "fieldAccess", Name = name, FieldName = name };

    private static PostAggregatorSpec Clients() => new() { Type = "hyperUniqueCardinality", Name = "clients", FieldName = "clients" };

    private static PostAggregatorSpec Constant(string name, double value) => new() { Type = "constant", Name = name, Value = JsonSerializer.SerializeToElement(value, DruidQueryJson.Default.Double) };
}
