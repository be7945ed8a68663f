using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary><c>POST /api/v2/explain</c>, and <c>explain</c> of detect, against the running process over the sample data.</summary>
[Trait("tier", "integration")]
public sealed class ExplainEndpointTests : IAsyncLifetime
{
    private const string Series = """
        "series":{"metrics":["bytes"],"granularity":"PT5M","interval":"2024-09-24T12:00Z/2024-09-24T16:00Z",
          "filter":{"type":"selector","dimension":"sensor_name","value":"headquarters"}}
        """;

    private const string Many = """
        "series":{"metrics":["bytes"],"granularity":"PT5M","interval":"2024-09-24T12:00Z/2024-09-24T16:00Z","by":["sensor_name"]}
        """;

    private static readonly string Window =
        $$""" "window":{"from":{{Time("2024-09-24T14:10Z")}},"to":{{Time("2024-09-24T14:45Z")}}} """;

    private ServiceProcess _service = null!;

    public async ValueTask InitializeAsync() => _service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
    {
        ["Druid__druid_endpoint"] = "duckdb:" + Path.Combine(Golden.Root, "samples"),
        ["Traffic__explain_data_source"] = "rb_flow_detail",
    });

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Explain_WindowIncidentAndDetect_NameTheSameCause()
    {
        var (status, window) = await PostAsync("explain", $$"""{ {{Series}}, {{Window}}, "dimensions":["dst_ip","protocol","dst_port"] }""");
        status.ShouldBe(HttpStatusCode.OK, window.ToString());
        window.GetProperty("verdict").GetString().ShouldBe("concentrated");
        var element = window.GetProperty("elements")[0];
        element.GetProperty("where").GetProperty("dst_ip").GetString().ShouldBe("10.1.2.3");
        element.GetProperty("refinements").GetProperty("dst_port").GetProperty("53").GetDouble().ShouldBe(1, 0.05);
        element.GetProperty("distinct").GetProperty("src_ip").GetInt32().ShouldBe(1800);

        var (_, detected) = await PostAsync("detect", $$"""{ {{Series}}, "explain":{"dimensions":["dst_ip","protocol","dst_port"]} }""");
        var incident = detected.GetProperty("series")[0].GetProperty("incidents")[0];
        Text(incident.GetProperty("causes").GetProperty("elements")).ShouldBe(Text(window.GetProperty("elements")));

        var id = incident.GetProperty("id").GetString();
        var (_, named) = await PostAsync(
            "explain", $$"""{ {{Series}}, "incident":"{{id}}", "dimensions":["dst_ip","protocol","dst_port"] }""");
        Text(named.GetProperty("elements")).ShouldBe(Text(window.GetProperty("elements")));
    }

    [Fact]
    public async Task Explain_OneOfManySeries_TakesItsKey()
    {
        var (_, flooded) = await PostAsync("explain", $$"""{ {{Many}}, {{Window}}, "key":{"sensor_name":"headquarters"} }""");
        var (_, quiet) = await PostAsync("explain", $$"""{ {{Many}}, {{Window}}, "key":{"sensor_name":"data-center"} }""");
        var (status, unnamed) = await PostAsync("explain", $$"""{ {{Many}}, {{Window}} }""");

        flooded.GetProperty("verdict").GetString().ShouldBe("concentrated");
        quiet.GetProperty("verdict").GetString().ShouldNotBe("concentrated");
        status.ShouldBe(HttpStatusCode.BadRequest);
        unnamed.GetProperty("errors").GetProperty("/key").GetString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Detect_ExplainManySeries_GivesCausesOfTheAnomalousOne()
    {
        var (status, answer) = await PostAsync("detect", $$"""{ {{Many}}, "explain":{"top":1}, "only":"anomalous" }""");

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("series")[0].GetProperty("incidents")[0].GetProperty("causes").GetProperty("elements").GetArrayLength().ShouldBe(1);
    }

    public static TheoryData<string, HttpStatusCode, string> Wrong() => new()
    {
        { $$"""{ {{Series}} }""", HttpStatusCode.BadRequest, "exactly one of window, incident" },
        { $$"""{ {{Window}} }""", HttpStatusCode.BadRequest, "exactly one of query, series" },
        { $$"""{ {{Series}}, "window":{"from":5,"to":5} }""", HttpStatusCode.BadRequest, "milliseconds since 1970" },
        { $$"""{ {{Series}}, {{Window}}, "dimension":["a"] }""", HttpStatusCode.BadRequest, "/dimension" },
        { $$"""{ {{Series}}, {{Window}}, "top":11 }""", HttpStatusCode.BadRequest, "1 to 10" },
        { $$"""{ {{Series}}, {{Window}}, "direction":"left" }""", HttpStatusCode.BadRequest, "up, down" },
        { $$"""{ {{Series}}, "incident":"abc" }""", HttpStatusCode.BadRequest, "has the id 'abc'" },
        { $$"""{ {{Series}}, {{Window}}, "dimensions":["dst"] }""", HttpStatusCode.BadRequest, "'dst' is not a dimension of rb_flow_det" },
        { $$"""{ {{Many}}, {{Window}}, "key":{"sensor":"x"} }""", HttpStatusCode.BadRequest, "made by sensor_name" },
        { $$"""{ {{Series}}, {{Window}}, "key":{"sensor_name":"x"} }""", HttpStatusCode.BadRequest, "/key/sensor_name" },
        { """{ "incident":"abc" }""", HttpStatusCode.BadRequest, "incident 'abc' not found" },
        { """{ "incident":"abc", "key":{"sensor_name":"a"} }""", HttpStatusCode.BadRequest, "says it itself" },
        { "[]", HttpStatusCode.BadRequest, "not a JSON object" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Explain_WrongQuestion_IsAProblemThatSaysWhere(string body, HttpStatusCode status, string words)
    {
        var (given, problem) = await PostAsync("explain", body);

        given.ShouldBe(status, problem.ToString());
        problem.ToString().ShouldContain(words);
    }

    [Fact]
    public async Task Explain_MetricThatDoesNotAddUp_SaysWhichDo()
    {
        var clients = Series.Replace("[\"bytes\"]", "[\"clients\",\"bytes\"]", StringComparison.Ordinal);

        var (status, problem) = await PostAsync("explain", $$"""{ {{clients}}, {{Window}}, "metric":"clients" }""");

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("detail").GetString()!.ShouldContain("does not add up");
    }

    private static string Text(JsonElement elements) => elements.GetRawText();

    private static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string name, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _service.Client.PostAsync("/api/v2/" + name, content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }
}
