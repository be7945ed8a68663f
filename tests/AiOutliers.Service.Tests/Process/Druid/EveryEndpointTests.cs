using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Service.Tests.Process.Druid;

/// <summary>Every endpoint that version 2 describes, on the embedded engine and on a real Druid, answers as described.</summary>
[Trait("tier", "integration")]
[Collection(DruidService.Name)]
public sealed class EveryEndpointTests(DruidService druid) : IDisposable
{
    private const string Series = """
        "series":{"metrics":["bytes"],"granularity":"PT5M","interval":"2024-09-24T12:00Z/2024-09-24T16:00Z","by":["sensor_name"]}
        """;

    private const string Dimensions = """ "dimensions":["dst_ip","protocol","dst_port"] """;

    private const string Monitors = "/api/v2/monitors", Incidents = "/api/v2/incidents", Sources = "/api/v2/datasources";

    private static readonly string Samples = Path.Combine(Golden.Root, "samples");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("embedded")]
    [InlineData("Druid")]
    public async Task Endpoints_AllOfThem_AnswerAsDescribed(string engine)
    {
        Assert.SkipWhen(engine == "Druid" && druid.Missing is not null, druid.Missing ?? "");
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["Druid__druid_endpoint"] = engine == "Druid" ? druid.Broker.AbsoluteUri : "duckdb:" + Samples,
            ["Traffic__explain_data_source"] = "rb_flow_detail",
            ["Storage__database"] = $"sqlite:{_folder.Path}/x.db",
        });
        var described = await DescribedService.OfAsync(service);

        await AskAboutDataAsync(described);
        var incident = await AskAboutMonitorsAsync(described);
        await AskAboutIncidentAsync(described, incident);
        await described.AskAsync("delete", Monitors + "/{name}", Monitors + "/sensors", 204);
        await AskAboutAlertsAsync(described);

        described.Asked.ShouldBe(described.Description.Endpoints);
    }

    private static async Task AskAboutDataAsync(DescribedService described)
    {
        var detected = await described.AskAsync("post", "/api/v2/detect", "/api/v2/detect", 200,
            $$"""{ {{Series}}, "only":"anomalous", "explain":{ {{Dimensions}} } }""");
        var incident = detected.GetProperty("series")[0].GetProperty("incidents")[0];
        incident.GetProperty("causes").GetProperty("elements").ToString().ShouldContain("10.1.2.3");
        var id = incident.GetProperty("id").GetString();
        var explained = await described.AskAsync("post", "/api/v2/explain", "/api/v2/explain", 200,
            $$"""{ {{Series}}, "key":{"sensor_name":"headquarters"}, "incident":"{{id}}", {{Dimensions}} }""");
        explained.GetProperty("verdict").GetString().ShouldBe("concentrated");
        await described.AskAsync("get", Sources, Sources, 200);
        await described.AskAsync("get", Sources + "/{name}", Sources + "/rb_flow", 200);
        var values = await described.AskAsync(
            "get", Sources + "/{name}/values", Sources + "/rb_flow/values?dimension=sensor_name&q=head", 200);
        values.GetProperty("values").GetArrayLength().ShouldBe(1);
        await described.AskAsync("get", "/api/v2/detectors", "/api/v2/detectors", 200);
    }

    /// <returns>The incident that the monitor found in the past, which ends in its midst: it is open.</returns>
    private static async Task<string> AskAboutMonitorsAsync(DescribedService described)
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Samples, "monitors/sensors.yaml"));
        await described.AskAsync("post", Monitors + "/plan", Monitors + "/plan", 200, document);
        // Of the last seven days, in which there is no data.
        await described.AskAsync("post", Monitors + "/preview", Monitors + "/preview", 200, document);
        await described.AskAsync("post", Monitors, Monitors, 200, document);
        var runs = (await described.AskAsync("post", Monitors + "/{name}/backfill", Monitors + "/sensors/backfill", 200,
            """{"from":"2024-09-24T12:00Z","to":"2024-09-24T14:30Z"}""")).GetProperty("runs");
        runs.EnumerateArray().Select(static run => run.GetProperty("state").GetString()).ShouldAllBe(static state => state == "done");
        await described.AskAsync("get", Monitors, Monitors, 200);
        await described.AskAsync("get", Monitors + "/{name}", Monitors + "/sensors", 200);
        var found = await described.AskAsync("get", Incidents, Incidents + "?monitor=sensors&from=2024-09-24&to=2024-09-25", 200);
        return found.GetProperty("incidents").EnumerateArray().Single(static one => one.GetProperty("metric").GetString() == "bytes")
            .GetProperty("id").GetString()!;
    }

    private static async Task AskAboutIncidentAsync(DescribedService described, string id)
    {
        const string One = Incidents + "/{id}";
        await described.AskAsync("post", One + "/acknowledge", $"{Incidents}/{id}/acknowledge", 200, "");
        await described.AskAsync("post", One + "/comment", $"{Incidents}/{id}/comment", 200, """{"text":"a flood"}""");
        await described.AskAsync("post", One + "/verdict", $"{Incidents}/{id}/verdict", 200, """{"verdict":"confirmed"}""");
        var history = (await described.AskAsync("get", One, $"{Incidents}/{id}", 200)).GetProperty("history");
        history.EnumerateArray().Select(static line => line.GetProperty("kind").GetString()).ShouldContain("verdict");
        var causes = await described.AskAsync(
            "post", "/api/v2/explain", "/api/v2/explain", 200, $$"""{"incident":"{{id}}", {{Dimensions}} }""");
        causes.GetProperty("elements").ToString().ShouldContain("10.1.2.3");
    }

    private static async Task AskAboutAlertsAsync(DescribedService described)
    {
        await using var receiver = await FakeBroker.StartAsync(200, null, []);
        await described.AskAsync("post", Monitors, Monitors, 200, $$"""
            {"apiVersion":"aioutliers/v1","kind":"Contact","metadata":{"name":"noc"},"spec":{"webhook":{"url":"{{receiver.Endpoint}}"} } }
            """);
        await described.AskAsync("post", "/api/v2/contacts/{name}/test", "/api/v2/contacts/noc/test", 204, "");
        receiver.Requests.ShouldBe(1);
        foreach (var what in new[] { "retry", "drop" })
        {
            var parked = await described.AskAsync("post", $"/api/v2/contacts/{{name}}/{what}", $"/api/v2/contacts/noc/{what}", 200, "");
            parked.GetProperty("alerts").GetInt32().ShouldBe(0);
        }
        (await described.AskAsync("get", "/api/v2/contacts", "/api/v2/contacts", 200)).GetProperty("contacts").GetArrayLength().ShouldBe(1);
        await described.AskAsync("get", "/api/v2/alerts", "/api/v2/alerts", 200);
        (await described.AskAsync("get", "/api/v2/audit", "/api/v2/audit?limit=50", 200)).ToString().ShouldContain("noc");
        await described.AskAsync("post", Monitors, Monitors, 200, """
            {"apiVersion":"aioutliers/v1","kind":"Route","metadata":{"name":"all"},"spec":{"contacts":["noc"]} }
            """);
        var refused = await described.AskAsync("delete", "/api/v2/contacts/{name}", "/api/v2/contacts/noc", 409);
        refused.GetProperty("detail").ToString().ShouldContain("Route/all");
        await described.AskAsync("delete", "/api/v2/routes/{name}", "/api/v2/routes/all", 204);
        await described.AskAsync("delete", "/api/v2/contacts/{name}", "/api/v2/contacts/noc", 204);
    }
}
