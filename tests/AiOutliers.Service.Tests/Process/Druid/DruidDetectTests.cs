using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiOutliers.Service.Tests.Process.Druid;

/// <summary>Version 2's questions to a real Druid have the answers that the embedded engine gives on the same rows.</summary>
[Trait("tier", "integration")]
[Collection(DruidService.Name)]
public sealed class DruidDetectTests(DruidService druid)
{
    private const string Aggregation = """{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}""";

    private const string Day = "2024-09-24T00:00Z/2024-09-25T00:00Z";

    private const string Head = $$"""
        "dataSource":"rb_flow","granularity":{"type":"period","period":"PT5M"},"intervals":["{{Day}}"],"aggregations":[{{Aggregation}}]
        """;

    private const string Bytes = """{"type":"doubleSum","name":"bytes","fieldName":"bytes"}""";

    private const string Example = """
        "dataSource":"flows","granularity":"PT1H","interval":"2024-03-02T00:00Z/2024-03-02T21:00Z"
        """;

    public static TheoryData<string> Questions =>
    [
        $$"""{"series":{"metrics":["bytes"],"granularity":"PT5M","interval":"{{Day}}","by":["sensor_name"]} }""",
        $$"""
        {"series":{"metrics":["bytes","flows","bps"],"granularity":"PT5M","interval":"{{Day}}","by":["sensor_name"],"top":2},
         "only":"anomalous"}
        """,
        $$"""{"series":{"metrics":["bytes"],"granularity":"PT1H","interval":"{{Day}}"} }""",
        """
        {"series":{"metrics":["bytes"],"granularity":"P1D","interval":"2024-09-20/2024-09-27","timeZone":"Europe/Madrid",
         "by":["sensor_name"]} }
        """,
        $$"""{"query":{"queryType":"groupBy","dimensions":["sensor_name"],{{Head}} } }""",
        $$"""{"query":{"queryType":"timeseries",{{Head}} },"by":["sensor_name"],"history":"P7D"}""",
        $$"""{"query":{"queryType":"topN","dimension":"sensor_name","metric":"bytes","threshold":3,{{Head}} } }""",
        $$"""{"series":{ {{Example}},"metrics":[{{Bytes}}],"by":["country"]} }""",
        $$"""{"series":{ {{Example}},"metrics":[{{Bytes}}],"by":["tags"]} }""",
        $$"""
        {"series":{ {{Example}},"metrics":[{"type":"count","name":"n"}],"by":["sensor_name","protocol","direction","country"],"top":20} }
        """,
        $$"""{"series":{ {{Example}},"metrics":[{{Bytes}}],"by":["wan_port"]} }""",
    ];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Detect_OnBoth_HasTheSameSeries(string body)
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        var (real, own) = await druid.AskBothAsync("/api/v2/detect", body);

        real.GetProperty("counts").GetProperty("series").GetInt32().ShouldBeGreaterThan(0);
        Told(real).ShouldBe(Told(own));
    }

    [Fact]
    public async Task Detect_ManyLineByLine_HasTheSameLines()
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");
        var body = Questions.First().Data;

        var (real, own) = (await SamplesService.LinesAsync(druid.OnDruid, body), await SamplesService.LinesAsync(druid.Embedded, body));

        real.Count.ShouldBe(5);
        real.SkipLast(1).Select(static line => line.GetRawText()).ShouldBe(own.SkipLast(1).Select(static line => line.GetRawText()));
    }

    /// <summary>The objects of Druid SQL, brought along: the same verdicts as of the query without its history.</summary>
    [Fact]
    public async Task Detect_ObjectsOfDruidSql_AreJudgedAsTheQueryIs()
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");
        var sql = """
            {"query":"SELECT TIME_FLOOR(__time, 'PT5M') AS __time, sensor_name, SUM(sum_bytes) AS bytes FROM rb_flow
              WHERE __time >= TIMESTAMP '2024-09-22' AND __time < TIMESTAMP '2024-09-25' GROUP BY 1, 2","resultFormat":"object"}
            """.ReplaceLineEndings(" ");
        using var client = new HttpClient();
        using var content = new StringContent(sql, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(druid.Broker, "/druid/v2/sql"), content);
        var rows = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, rows);

        var (status, data) = await DruidService.PostAsync(druid.OnDruid, "/api/v2/detect", $$"""{"data":{{rows}},"by":["sensor_name"]}""");
        var query = Questions.First().Data.ToString().Replace(Day, "2024-09-22/2024-09-25", StringComparison.Ordinal);
        var (_, asked) = await DruidService.PostAsync(
            druid.OnDruid, "/api/v2/detect", query.Replace("} }", """},"history":"off"}""", StringComparison.Ordinal));

        status.ShouldBe(HttpStatusCode.OK, data.ToString());
        // Who brings rows names no query, so incidents have other ids; and buckets without rows are not filled.
        Verdicts(data).ShouldBe(Verdicts(asked));
    }

    [Theory]
    [InlineData("/api/v2/datasources/rb_flow/values?dimension=sensor_name&q=E")]
    [InlineData("/api/v2/datasources/flows/values?dimension=country")]
    [InlineData("/api/v2/datasources/flows/values?dimension=tags&q=i")]
    [InlineData("/api/v2/detectors")]
    public async Task Get_Catalog_OnBothIsTheSame(string address)
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        (await druid.OnDruid.Client.GetStringAsync(address)).ShouldBe(await druid.Embedded.Client.GetStringAsync(address));
    }

    [Fact]
    public async Task Get_DataSources_AreTheSameWithTheirTimes()
    {
        Assert.SkipWhen(druid.Missing is not null, druid.Missing ?? "");

        (await druid.OnDruid.Client.GetStringAsync("/api/v2/datasources"))
            .ShouldBe("""{"dataSources":["flows","rb_flow","rb_flow_detail"],"next":null}""");
        var real = JsonNode.Parse(await druid.OnDruid.Client.GetStringAsync("/api/v2/datasources/rb_flow"))!;
        var own = JsonNode.Parse(await druid.Embedded.Client.GetStringAsync("/api/v2/datasources/rb_flow"))!;
        real["dimensions"]!.ToJsonString().ShouldBe("""["sensor_name"]""");
        real["metrics"]!.ToJsonString().ShouldBe("""["events","sum_bytes","sum_pkts"]""");
        real["first"]!.GetValue<long>().ShouldBe(own["first"]!.GetValue<long>());
        real["last"]!.GetValue<long>().ShouldBe(own["last"]!.GetValue<long>());
        (await druid.OnDruid.Client.GetAsync("/api/v2/datasources/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Told(JsonElement answer)
    {
        var told = JsonNode.Parse(answer.GetRawText())!.AsObject();
        told.Remove("milliseconds");
        return told.ToJsonString();
    }

    private static string[] Verdicts(JsonElement answer) =>
    [
        .. answer.GetProperty("series").EnumerateArray().Select(static series => string.Create(CultureInfo.InvariantCulture,
            $"{series.GetProperty("key")} {string.Join(' ', Severities(series))}")),
    ];

    private static IEnumerable<string> Severities(JsonElement series) => series.GetProperty("incidents").EnumerateArray()
        .Select(static one => $"{one.GetProperty("start")}-{one.GetProperty("end")} {one.GetProperty("severity")}");
}
