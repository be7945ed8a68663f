using System.Globalization;
using System.Net;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary><c>POST /api/v2/detect</c> against the running process, over the sample data.</summary>
[Trait("tier", "integration")]
public sealed class DetectEndpointTests(SamplesService samples) : IDisposable
{
    private const string Aggregation = """{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Post_SeriesBySensor_FindsTheFloodInColumns()
    {
        var (status, answer) = await samples.DetectAsync(Series(""" "by":["sensor_name"] """, """ "only":"anomalous" """));

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("detector").GetString().ShouldBe("seasonal-scan");
        answer.GetProperty("granularity").GetString().ShouldBe("PT5M");
        answer.GetProperty("interval").GetProperty("from").GetInt64().ShouldBe(Time("2024-09-24T12:00Z"));
        answer.GetProperty("history").GetProperty("rows").GetInt32().ShouldBeGreaterThan(1000);
        answer.GetProperty("counts").GetProperty("series").GetInt32().ShouldBe(4);
        answer.GetProperty("counts").GetProperty("judged").GetInt32().ShouldBe(4);
        var series = answer.GetProperty("series").EnumerateArray().ToArray();
        series.Length.ShouldBe(answer.GetProperty("counts").GetProperty("anomalous").GetInt32());
        series[0].GetProperty("key").GetProperty("sensor_name").GetString().ShouldBe("headquarters");
        series[0].GetProperty("metric").GetString().ShouldBe("bytes");
        var rows = series[0].GetProperty("rows");
        foreach (var column in new[] { "time", "value", "expected", "lower", "upper", "score", "severity", "anomalous" })
            rows.GetProperty(column).GetArrayLength().ShouldBe(144, column);
        var incident = series[0].GetProperty("incidents")[0];
        incident.GetProperty("id").GetString()!.Length.ShouldBe(32);
        incident.GetProperty("kind").GetString().ShouldBe("spike");
    }

    /// <summary>Whoever asks, and however: one incident has one id.</summary>
    [Fact]
    public async Task Post_ManySeriesOrOneAlone_HaveTheSameIncidents()
    {
        var (_, many) = await samples.DetectAsync(Series(""" "by":["sensor_name"] """));
        var byCommand = await CommandAsync(Native(""), "--by", "sensor_name");
        foreach (var series in many.GetProperty("series").EnumerateArray())
        {
            var sensor = series.GetProperty("key").GetProperty("sensor_name").GetString()!;
            var filter = $$"""{"type":"selector","dimension":"sensor_name","value":"{{sensor}}"}""";
            var (_, alone) = await samples.DetectAsync(Series($""" "filter":{filter} """));
            var command = await CommandAsync(Native($""" "filter":{filter}, """), "--detector", "seasonal-scan");
            var incidents = series.GetProperty("incidents");

            JsonElement.DeepEquals(incidents, alone.GetProperty("series")[0].GetProperty("incidents")).ShouldBeTrue(sensor);
            JsonElement.DeepEquals(series.GetProperty("rows"), alone.GetProperty("series")[0].GetProperty("rows")).ShouldBeTrue(sensor);
            JsonElement.DeepEquals(incidents, command.GetProperty("series")[0].GetProperty("incidents")).ShouldBeTrue(sensor);
            var same = byCommand.EnumerateArray().Single(one => one.GetProperty("key").GetProperty("sensor_name").GetString() == sensor);
            JsonElement.DeepEquals(incidents, same.GetProperty("series")[0].GetProperty("incidents")).ShouldBeTrue(sensor);
        }
    }

    [Fact]
    public async Task Post_AcceptLines_SendsASeriesALineInTheOrderOfTheKeysAndASummary()
    {
        var lines = await SamplesService.LinesAsync(samples.Service, Series(""" "by":["sensor_name"] """, """ "include":["incidents"] """));

        lines.Count.ShouldBe(5);
        string?[] keys = [.. lines.Take(4).Select(static line => line.GetProperty("key").GetProperty("sensor_name").GetString())];
        keys.ShouldBe(keys.Order(StringComparer.Ordinal));
        lines[0].TryGetProperty("rows", out _).ShouldBeFalse();
        lines[4].GetProperty("summary").GetProperty("counts").GetProperty("series").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task Post_SeveralMetrics_AreSeriesOfTheirOwn()
    {
        var (_, answer) = await samples.DetectAsync(Series(""" "by":["sensor_name"],"top":2 """, metrics: """ "bytes","bps",{"type":"longSum","name":"packets","fieldName":"sum_pkts"} """));

        answer.GetProperty("counts").GetProperty("series").GetInt32().ShouldBe(6);
        answer.GetProperty("series").EnumerateArray().Select(static one => one.GetProperty("metric").GetString()).Distinct().Order().ShouldBe(["bps", "bytes", "packets"]);
        answer.GetProperty("warnings")[0].GetString().ShouldNotBeNull().ShouldContain("the 2 with the most bytes");
    }

    [Fact]
    public async Task Post_NativeQueries_AreJudgedAlike()
    {
        var query = Native("").Replace("timeseries", "groupBy", StringComparison.Ordinal).TrimEnd('}', '\n', ' ') + ""","dimensions":["sensor_name"]}""";
        var (_, grouped) = await samples.DetectAsync($$"""{"query":{{query}},"include":["incidents"]}""");
        var (_, by) = await samples.DetectAsync($$"""{"query":{{Native("")}},"by":["sensor_name"],"include":["incidents"]}""");
        var (_, series) = await samples.DetectAsync(Series(""" "by":["sensor_name"] """, """ "include":["incidents"] """));

        JsonElement.DeepEquals(grouped.GetProperty("series"), by.GetProperty("series")).ShouldBeTrue();
        JsonElement.DeepEquals(grouped.GetProperty("series"), series.GetProperty("series")).ShouldBeTrue();
    }

    [Fact]
    public async Task Post_Options_AreThoseOfTheDetector()
    {
        var (_, quiet) = await samples.DetectAsync(Series(""" "by":["sensor_name"] """, """ "detector":"seasonal-scan","options":{"alarms":[],"ignoreGaps":true,"minDeviation":1} """));
        var (_, shallow) = await samples.DetectAsync(Series(""" "by":["sensor_name"] """, """ "detector":"shallow","options":{"sensitivity":1} """));

        quiet.GetProperty("counts").GetProperty("anomalous").GetInt32().ShouldBe(0);
        shallow.GetProperty("detector").GetString().ShouldBe("shallow");
        shallow.GetProperty("counts").GetProperty("anomalous").GetInt32().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Post_Data_IsSplitByItsDimensionsAndOneShortSeriesFailsNobody()
    {
        var (status, answer) = await samples.DetectAsync($$"""{"data":{{Rows(300, "quiet", "loud", "new")}},"by":["host"]}""");

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("counts").ToString().ShouldBe("""{"series":3,"judged":2,"anomalous":1}""");
        answer.GetProperty("series")[0].GetProperty("key").GetProperty("host").GetString().ShouldBe("loud");
        answer.GetProperty("warnings")[0].GetString().ShouldNotBeNull().ShouldContain("1 series could not be judged: too short to judge");
        answer.GetProperty("history").GetProperty("rows").GetInt32().ShouldBe(0);
    }

    public static TheoryData<string, string, string> BadRequests => new()
    {
        { "not JSON", "", "not valid JSON" },
        { "[]", "", "not a JSON object" },
        { "{}", "", "exactly one of query, data, series" },
        { """{"data":[],"query":{"queryType":"timeseries"}}""", "", "exactly one of query, data, series" },
        { """{"data":{"rows":[]}}""", "", "not a JSON array" },
        { """{"data":[{"timestamp":"2024-03-01T00:00:00Z","event":{"host":"a","port":"x","bytes":1}}],"by":["host"]}""", "", "'port' is a dimension of the rows, too" },
        { """{"data":[{"timestamp":"2024-03-01T00:00:00Z","event":{"bytes":1}}],"by":["app"]}""", "", "'app'" },
        { """{"data":[{"timestamp":"2024-03-01T00:00:00Z","event":{"host":"a","bytes":1}}],"metrics":["pkts"]}""", "/metrics", "'pkts' is not a metric of the rows" },
        { """{"series":{"metrics":["bytes"],"filter":{"type":"selector","value":"\ud800"}}}""", "", "not valid JSON" },
        { """{"options":{"\udc00":1}}""", "", "not valid JSON" },
        { """{"query":{"queryType":"timeseries","dataSource":"\ud800"}}""", "/query", "cannot be read" },
        { """{"query":{"queryType":"scan"}}""", "/query/queryType", "it takes timeseries, groupBy or topN" },
        { """{"query":[1]}""", "/query", "cannot be read" },
        { Series("""  "by":["a","b","c","d","e"] """), "/series/by", "at most 4 dimensions" },
        { Series("""  "by":["a","a"] """), "/series/by", "names a dimension twice" },
        { Series("""  "by":["sensor"] """), "", "'sensor' is not a dimension of rb_flow; it has: " },
        { Series("""  "by":["sensor_name"],"top":0 """), "/series/top", "a whole number from 1 to 100000" },
        { Series("""  "top":5 """), "/series/top", "only together with by" },
        { Series("""  "colour":"blue" """), "/series/colour", "is not known; there are: " },
        { Series("""  "timeZone":"Mars/North" """), "/series/timeZone", "'Mars/North' is not allowed" },
        { Series("""  "filter":{"dimension":"x"} """), "/series/filter", "it lacks a \"type\"" },
        { Series("", metrics: """ "colour" """), "/series/metrics/0", "is neither a metric" },
        { Series("", metrics: ""), "/series/metrics", "takes a list of metrics" },
        { Series("", """ "detector":"magic" """), "/detector", "'magic' is not allowed" },
        { Series("", """ "model":"none-of-this-name" """), "/model", "'none-of-this-name' is not a model of this service" },
        { Series("", """ "model":"x","detector":"shallow" """), "/detector", "excludes model" },
        { Series("", """ "options":{"sensitivity":"loud","directions":"up"} """), "/options/sensitivity", "'loud' is not allowed" },
        { Series("", """ "options":{"sensitivity":"loud","directions":"up"} """), "/options/directions", "is not an option of the detector" },
        { "", "", "the body: is empty" },
        { Series("").Replace("rb_flow", "rb_flaw", StringComparison.Ordinal), "", "'rb_flaw' is not a data source; there are: rb_flow" },
        { Series("""  "by":["sensor_name"] """).Replace("rb_flow", "rb_flaw", StringComparison.Ordinal), "", "'rb_flaw' is not a data source; there are: rb_flow" },
        { Series("", """ "history":"long ago" """), "/history", "'long ago' is not allowed" },
        { Series("", """ "include":["pictures"] """), "/include", "'pictures' is not allowed" },
        { Series("", """ "only":"ordinary" """), "/only", "'ordinary' is not allowed" },
        { Series("", """ "by":["sensor_name"] """), "/by", "belongs into series" },
        { Series("""  "by":["sensor_name"] """).Replace("PT5M", "sometimes", StringComparison.Ordinal), "/series/granularity", "'sometimes' is not allowed" },
        { Series("""  "by":["sensor_name"] """).Replace("2024-09-24T12:00", "yesterday", StringComparison.Ordinal), "/series/interval", "takes an ISO 8601 interval" },
        { Series("""  "by":["sensor_name"],"top":10000 """).Replace("2024-09-24T12:00", "2014-09-24T12:00", StringComparison.Ordinal), "", "10,000 series of 1,052,208 buckets with 1 result are 10,522,080,000 values, and at most 64,000,000 are read at once" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Post_BadRequest_SaysWhereAndWhat(string body, string pointer, string words)
    {
        var (status, problem) = await samples.DetectAsync(body);

        status.ShouldBe(HttpStatusCode.BadRequest, problem.ToString());
        problem.GetProperty("type").GetString().ShouldBe("/docs/problems/400");
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(words);
        if (pointer.Length > 0)
            problem.GetProperty("errors").GetProperty(pointer).GetString().ShouldNotBeNull().ShouldContain(words);
    }

    [Theory]
    [InlineData("sum_byts", "", "which is not a column of rb_flow; its metrics are: ")]
    [InlineData("sensor_name", "", "which is a dimension of rb_flow; its metrics are: ")]
    [InlineData("sensor_name", """ "by":["sensor_name"] """, "which is a dimension of rb_flow; its metrics are: ")]
    public async Task Post_MetricOfNoNumbers_SaysWhatItAggregates(string field, string by, string words)
    {
        var (status, answer) = await samples.DetectAsync(Series(by, metrics: $$"""{"type":"longSum","name":"x","fieldName":"{{field}}"}"""));

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("warnings").EnumerateArray().Select(static one => one.GetString()!).ShouldContain(warning => warning.Contains($"'x' aggregates '{field}', {words}"));
    }

    [Fact]
    public async Task Post_TimeWithoutRows_Is422()
    {
        var (status, problem) = await samples.DetectAsync(Series(""" "by":["sensor_name"] """).Replace("2024-09-2", "2034-09-2", StringComparison.Ordinal));

        status.ShouldBe(HttpStatusCode.UnprocessableEntity, problem.ToString());
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("no rows");
        (await samples.Service.Client.GetStringAsync(problem.GetProperty("type").GetString())).ShouldStartWith("422 Nothing can be judged");
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is413AndSaysHowToAskInstead()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/detect") { Content = new StringContent("{\"data\":[" + new string(' ', 3 << 20), null, "application/json") };
        request.Headers.ExpectContinue = true;
        using var response = await samples.Service.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).ShouldContain("send the query instead of its answer");
    }

    [Fact]
    public async Task Post_Form_Is415()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("query", "x")]);
        using var response = await samples.Service.Client.PostAsync("/api/v2/detect", form);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await response.Content.ReadAsStringAsync()).ShouldContain("send Content-Type: application/json");
    }

    [Fact]
    public async Task Post_FromAnotherSitesPage_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/detect") { Content = new StringContent(Series(""), null, "application/json") };
        request.Headers.Add("Origin", "http://evil.example.com");
        (await samples.Service.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static string Series(string series, string request = "", string metrics = "\"bytes\"") => $$"""
        {"series":{"dataSource":"rb_flow","granularity":"PT5M","interval":"2024-09-24T12:00Z/2024-09-25T00:00Z","metrics":[{{metrics}}]{{(series.Trim().Length > 0 ? "," : "")}}{{series}}}
        {{(request.Length > 0 ? "," : "")}}{{request}}}
        """;

    private static string Native(string filter) => $$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":{"type":"period","period":"PT5M"},"intervals":["2024-09-24T12:00:00Z/2024-09-25T00:00:00Z"],
        {{filter}} "aggregations":[{{Aggregation}}]}
        """;

    private async Task<JsonElement> CommandAsync(string query, params string[] options)
    {
        var file = Path.Combine(_folder.Path, "query.json");
        await File.WriteAllTextAsync(file, query);
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, "detect", file, "--format", "json", .. options],
            environment: new Dictionary<string, string> { ["Druid__druid_endpoint"] = "duckdb:" + Path.Combine(Golden.Root, "samples") });
        return JsonElement.Parse(System.Text.Encoding.UTF8.GetBytes(run.Output));
    }

    /// <summary>A groupBy's answer at one minute; <c>loud</c> has a spike, <c>new</c> has one row.</summary>
    private static string Rows(int count, params string[] hosts)
    {
        var begin = new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(0, count).SelectMany(row => hosts.Where(host => host != "new" || row == 0).Select(host => string.Create(CultureInfo.InvariantCulture,
            $$$"""{"version":"v1","timestamp":"{{{begin.AddMinutes(row):yyyy-MM-ddTHH:mm:ss.fffZ}}}","event":{"host":"{{{host}}}","bytes":{{{(host == "loud" && row == 200 ? 90_000 : 1000 + row % 7)}}} } }""")));
        return $"[{string.Join(",", rows)}]";
    }

    private static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
