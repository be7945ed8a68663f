using System.Text;

namespace AiOutliers.Load.Hostile;

/// <summary>What is mutated: good requests of every kind that the service has.</summary>
internal static class Seeds
{
    public static readonly string[] Paths = ["/calculate", "/api/v1/outliers", "/api/v1/ip_identifier"];

    /// <summary>Druid's answers, queries and names of models, as the fields of a form hold them.</summary>
    public static IReadOnlyList<byte[]> Contents(string model) =>
    [
        .. new[]
        {
            Rows(90, static row => $"{1000 + row % 7}"),
            Rows(60, static row => row % 6 == 0 ? "null" : row % 6 == 1 ? "\"NaN\"" : "5"),
            Query("pt1m", "2024-09-24T12:00:00Z/PT1H", ""),
            Query("hour", "2024-09-23/P2D", """,{"type":"cardinality","name":"c","fields":["sensor_name"]}"""),
            """
            {"queryType":"topN","dataSource":"rb_flow","granularity":"all","dimension":"sensor_name","metric":"b","threshold":5,
             "intervals":["2024-09-24/P1D"],"aggregations":[{"type":"longSum","name":"b","fieldName":"sum_bytes"}]}
            """,
            """
            {"queryType":"groupBy","dataSource":{"type":"union","dataSources":["rb_flow","rb_flow"]},"granularity":"day",
             "dimensions":["sensor_name"],"intervals":["2024-09-20/P5D"],
             "aggregations":[{"type":"longSum","name":"b","fieldName":"sum_bytes"}],
             "filter":{"type":"and","fields":[{"type":"in","dimension":"sensor_name","values":["headquarters","guest-wifi"]},
              {"type":"not","field":{"type":"regex","dimension":"sensor_name","pattern":"x.*"}}]},
             "postAggregations":[{"type":"arithmetic","name":"p","fn":"/",
              "fields":[{"type":"fieldAccess","fieldName":"b"},{"type":"constant","value":3}]}],
             "having":{"type":"greaterThan","aggregation":"b","value":1},"context":{"timeout":2000}}
            """,
            model,
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>What <c>ip_identifier</c> takes.</summary>
    public static readonly byte[] Payload = Encoding.UTF8.GetBytes(
        $$"""
        {"outliers":[{"timestamp":"{{Stamp(3)}}"},{"timestamp":"{{Stamp(5)}}"}],
         "all_ips_data":{"10.0.0.1":{{Rows(8, static row => $"{row}")}},"10.0.0.2":{{Rows(8, static row => $"{row * row}")}} } }
        """);

    /// <summary>Requests whose own bytes are mutated, head and all.</summary>
    public static IReadOnlyList<byte[]> Whole(string model) =>
    [
        .. new[]
        {
            "GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: text/plain;version=0.0.4\r\n\r\n",
            "GET /openapi/v1.json HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\n\r\n",
            "GET /jobs/..%2f HTTP/1.1\r\nHost: x\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /calculate HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\ndata=\r\n4\r\nW10=\r\n0\r\n\r\n",
            Multipart("data", "W10="), Multipart("payload", Encoding.UTF8.GetString(Payload)),
            Form("/calculate", "model=" + Convert.ToBase64String(Encoding.UTF8.GetBytes(model)) + "&data=W10="),
            Form("/api/v1/outliers", "data=W10%3D") + Form("/calculate", "query=e30%3D"),
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static string Form(string path, string form) => Post(path, "application/x-www-form-urlencoded; charset=utf-8", form);

    private static string Multipart(string field, string content) => Post(
        "/api/v1/ip_identifier", "multipart/form-data; boundary=b",
        $"--b\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{content}\r\n--b--\r\n");

    private static string Post(string path, string type, string body) =>
        $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static string Query(string granularity, string interval, string more) =>
        $$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"{{granularity}}","intervals":["{{interval}}"],
         "filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"},
         "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}{{more}}],
         "context":{"timeout":2000,"skipEmptyBuckets":true} }
        """;

    private static string Rows(int count, Func<int, string> value) =>
        "[" + string.Join(',', Enumerable.Range(0, count).Select(row => Row(Stamp(row), value(row)))) + "]";

    private static string Row(string stamp, string value) => $$$"""{"timestamp":"{{{stamp}}}","result":{"bytes":{{{value}}} }}""";

    private static string Stamp(int row) => $"2023-10-12T0{row / 60}:{row % 60:00}:00.000Z";
}
