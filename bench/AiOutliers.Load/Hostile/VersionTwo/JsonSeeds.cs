using System.Globalization;

namespace AiOutliers.Load.Hostile.VersionTwo;

/// <summary>Good requests of version 2 of every kind, whose bodies are mutated.</summary>
internal static class JsonSeeds
{
    private const string Window = """ "window":{"from":1727187000000,"to":1727189100000} """;

    private const string Series = """
        "series":{"dataSource":"rb_flow","metrics":["bytes","bps"],"granularity":"PT1H","interval":"2024-09-24T00:00Z/P1D",
          "filter":{"type":"or","fields":[{"type":"selector","dimension":"sensor_name","value":"headquarters"},
           {"type":"like","dimension":"sensor_name","pattern":"g%"}]},"by":["sensor_name"],"top":3,"timeZone":"Europe/Madrid"}
        """;

    private const string Grouped = """ "dimensions":["sensor_name"],"limitSpec":{"type":"default","limit":50} """;

    private const string Best = """ "dimension":"sensor_name","metric":"b","threshold":2 """;

    private const string Monitor = """
        {"apiVersion":"aioutliers/v1","kind":"Monitor","metadata":{"name":"m","labels":{"team":"noc"}},"spec":{"description":"x",
         "series":{"dataSource":"rb_flow","metrics":["bytes"],"granularity":"PT5M","by":["sensor_name"],"top":10},
         "schedule":"every 5m","delay":"2m","completeness":{"minShare":0.6,"wait":"30m"},
         "detector":{"name":"seasonal-scan","sensitivity":"normal"},"history":"P7D","minSeverity":50,"alerts":["noc"]}}
        """;

    private const string Contact = """
        {"apiVersion":"aioutliers/v1","kind":"Contact","metadata":{"name":"noc"},
         "spec":{"webhook":{"url":"http://127.0.0.1:9/x","secret":"s"}}}
        """;

    /// <summary>Method, path and body.</summary>
    public static readonly IReadOnlyList<(string Method, string Path, string Body)> All =
    [
        ("POST", "/api/v2/detect",
            $$"""{"data":{{Rows(60)}},"by":["host"],"top":5,"metrics":["bytes"],"only":"anomalous"}"""),
        ("POST", "/api/v2/detect",
            $$"""{"data":{{Rows(30)}},"include":["rows"],"detector":"shallow","options":{"sensitivity":0.5} }"""),
        ("POST", "/api/v2/detect",
            $$"""{"data":{{Objects(60)}},"detector":"seasonal-scan","options":{"alarms":["sharp"],"direction":"up"} }"""),
        ("POST", "/api/v2/detect",
            $$"""{"data":[{"timestamp":"2024-03-01T00:00:00Z","result":[{"a":"x","n":1},{"a":null,"n":2}]}],"by":["a"]}"""),
        ("POST", "/api/v2/detect",
            $$"""{ {{Series}},"history":"P2D","include":["incidents"],"options":{"minDeviation":1,"ignoreGaps":true} }"""),
        ("POST", "/api/v2/detect",
            $$"""{"query":{{Query("groupBy", Grouped)}},"history":"off"}"""),
        ("POST", "/api/v2/detect",
            $$"""{"query":{{Query("topN", Best)}},"history":"off"}"""),
        ("POST", "/api/v2/detect",
            $$"""{"query":{{Query("timeseries", """ "descending":true,"limit":9 """)}},"by":["sensor_name"],"history":"PT6H"}"""),
        ("POST", "/api/v2/explain",
            $$"""{ {{Series}},{{Window}},"key":{"sensor_name":"headquarters"},"dimensions":["sensor_name"],"top":2}"""),
        ("POST", "/api/v2/explain",
            $$"""{"query":{{Query("timeseries", "\"limit\":5")}},{{Window}},"direction":"up","metric":"b"}"""),
        ("POST", "/api/v2/monitors/plan", Monitor),
        ("POST", "/api/v2/monitors", Contact),
        ("POST", "/api/v2/incidents/0123456789abcdef0123456789abcdef/verdict", """{"verdict":"confirmed","note":"a flood"}"""),
        ("POST", "/api/v2/contacts/noc/test", ""),
        ("DELETE", "/api/v2/monitors/m", ""),
        ("GET", "/api/v2/datasources", ""),
        ("GET", "/api/v2/datasources/rb_flow", ""),
        ("GET", "/api/v2/datasources/rb_flow/values?dimension=sensor_name&q=head", ""),
        ("GET", "/api/v2/incidents?monitor=m&state=open&severity=5&from=1&to=2&q=x&limit=3&after=5_x", ""),
        ("GET", "/api/v2/audit?actor=a&subject=Monitor/m&limit=3&after=5", ""),
        ("GET", "/api/v2/alerts?state=waiting", ""),
        ("GET", "/api/v2/detectors", ""),
    ];

    private static string Query(string type, string own) => $$"""
        {"queryType":"{{type}}","dataSource":"rb_flow","granularity":"hour","intervals":["2024-09-24/P1D"],{{own}},
         "aggregations":[{"type":"longSum","name":"b","fieldName":"sum_bytes"},{"type":"count","name":"n"}],
         "virtualColumns":[{"type":"expression","name":"v","expression":"sum_bytes * 8","outputType":"LONG"}],
         "postAggregations":[{"type":"arithmetic","name":"p","fn":"/","fields":[{"type":"fieldAccess","fieldName":"b"},
          {"type":"constant","value":3}]}],"context":{"timeout":2000} }
        """;

    private static string Rows(int count) => "[" + string.Join(',', Enumerable.Range(0, 2 * count).Select(static row =>
        $$$"""{"version":"v1","timestamp":"{{{Stamp(row / 2)}}}","event":"""
        + $$$"""{"host":"h{{{row % 2}}}","bytes":{{{1000 + row % 7}}} } }""")) + "]";

    private static string Objects(int count) => "[" + string.Join(',', Enumerable.Range(0, count).Select(static row =>
        $$"""{"__time":"{{Stamp(row)}}","bytes":{{(row == 50 ? 90_000 : 1000 + row % 5)}},"flows":{{row}} }""")) + "]";

    private static string Stamp(int minute) =>
        new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minute)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
