namespace AiOutliers.Tests.Shared;

/// <summary>As much as one query may ask of the embedded engine over the sample data: it takes minutes.</summary>
internal static class HeavyQuery
{
    public static string Text()
    {
        var sources = string.Join(',', Enumerable.Repeat("\"rb_flow\"", 50));
        var counts = string.Join(',', Enumerable.Range(0, 40).Select(i =>
            $$"""{"type":"cardinality","name":"c{{i}}","fields":["sensor_name","sum_bytes","sum_pkts","events"],"byRow":true}"""));
        return $$$"""
            {"queryType":"timeseries","dataSource":{"type":"union","dataSources":[{{{sources}}}]},"granularity":"minute",
             "intervals":["2024-09-02/P28D"],"aggregations":[{{{counts}}}],"context":{"timeout":3600000}}
            """;
    }
}
