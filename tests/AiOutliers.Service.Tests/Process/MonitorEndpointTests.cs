using System.Net;
using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Monitors and incidents over HTTP, in a service that replays the sample data.</summary>
public sealed class MonitorEndpointTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProcess _service = null!;

    public async ValueTask InitializeAsync() => _service = await ServiceProcess.StartAsync(
        ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\" --replay \"$SAMPLES\" --speed 600", _folder.Path, .. ServiceFixture.Command],
        new Dictionary<string, string>
        {
            ["SAMPLES"] = Path.Combine(Golden.Root, "samples"),
            ["Traffic__explain_data_source"] = "rb_flow_detail",
        });

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Incident_IsFoundListedAcknowledgedAndJudged()
    {
        var incidents = await IncidentsAsync();
        var id = incidents[0].GetProperty("id").GetString()!;
        incidents[0].GetProperty("key").GetProperty("sensor_name").GetString().ShouldBe("headquarters");

        var (status, body) = await SendAsync(HttpMethod.Post, $"/api/v2/incidents/{id}/verdict", """{"verdict":"confirmed","note":"a flood"}""");
        (status, body.GetProperty("verdict").GetString()).ShouldBe((HttpStatusCode.OK, "confirmed"));
        var history = (await SendAsync(HttpMethod.Get, $"/api/v2/incidents/{id}")).Body.GetProperty("history");
        history.EnumerateArray().Select(static line => line.GetProperty("kind").GetString()).ShouldContain("verdict");
        (await SendAsync(HttpMethod.Post, $"/api/v2/incidents/{id}/verdict", """{"verdict":"nonsense"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Post, $"/api/v2/incidents/{id}/comment", "[")).Status.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var wrong in new[] { """{"text":" "}""", "{}", """{"note":"a line"}""" })
            (await SendAsync(HttpMethod.Post, $"/api/v2/incidents/{id}/comment", wrong)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Get, "/api/v2/incidents/nobody")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Delete, $"/api/v2/incidents/{id}")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    /// <summary>The database is looked at every 15 seconds.</summary>
    [Fact]
    public async Task Metrics_SayThatTheDatabaseAnswers()
    {
        await IncidentsAsync();
        var metrics = "";
        for (var i = 0; i < 300 && !metrics.Contains("dependency=\"database\""); i++)
        {
            await Task.Delay(100);
            metrics = await _service.Client.GetStringAsync("/metrics");
        }

        metrics.Split('\n').Single(static line => line.StartsWith("aioutliers_dependency_up", StringComparison.Ordinal)
            && line.Contains("dependency=\"database\"")).ShouldMatch("} 1( |$)");
    }

    [Fact]
    public async Task Parked_AreSentAgainOrGivenUp_ByAnAdmin()
    {
        foreach (var verb in new[] { "retry", "drop" })
        {
            var (status, body) = await SendAsync(HttpMethod.Post, $"/api/v2/contacts/noc/{verb}");
            (status, body.GetProperty("alerts").GetInt32()).ShouldBe((HttpStatusCode.OK, 0));
        }
    }

    [Fact]
    public async Task Explain_IncidentByItsIdAlone_NamesItsCause()
    {
        var incident = (await IncidentsAsync()).EnumerateArray().First(static one => one.GetProperty("metric").GetString() == "bytes");
        var id = incident.GetProperty("id").GetString();

        var (status, causes) = await SendAsync(
            HttpMethod.Post, "/api/v2/explain", $$"""{"incident":"{{id}}","dimensions":["dst_ip","protocol","dst_port"]}""");
        var other = await SendAsync(HttpMethod.Post, "/api/v2/explain", """{"incident":"nobody"}""");
        var mixed = await SendAsync(HttpMethod.Post, "/api/v2/explain", $$"""{"incident":"{{id}}","metric":"bytes"}""");

        status.ShouldBe(HttpStatusCode.OK, causes.ToString());
        causes.GetProperty("elements")[0].GetProperty("where").GetProperty("dst_ip").GetString().ShouldBe("10.1.2.3");
        causes.GetProperty("window").GetProperty("from").GetInt64().ShouldBe(incident.GetProperty("start").GetInt64());
        other.Status.ShouldBe(HttpStatusCode.BadRequest);
        other.Body.GetProperty("errors").GetProperty("/incident").GetString().ShouldNotBeNull().ShouldContain("'nobody' not found");
        mixed.Body.GetProperty("errors").GetProperty("/metric").GetString().ShouldNotBeNull().ShouldContain("says it itself");
    }

    [Fact]
    public async Task Page_OfOneRow_LeadsToTheNext()
    {
        await IncidentsAsync(atLeast: 2);

        var first = (await SendAsync(HttpMethod.Get, "/api/v2/incidents?limit=1")).Body;
        var second = (await SendAsync(HttpMethod.Get, $"/api/v2/incidents?limit=1&after={first.GetProperty("next").GetString()}")).Body;

        IdOf(second).ShouldNotBe(IdOf(first));
        (await SendAsync(HttpMethod.Get, "/api/v2/incidents?severty=1")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Get, "/api/v2/incidents?after=x")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Get, "/api/v2/incidents?from=yesterday")).Status.ShouldBe(HttpStatusCode.BadRequest);
        IdOf((await SendAsync(HttpMethod.Get, "/api/v2/incidents?limit=1&from=2000-01-01&to=2100-01-01T00:00Z")).Body)
            .ShouldBe(IdOf((await SendAsync(HttpMethod.Get, "/api/v2/incidents?limit=1&from=946684800000&to=4102444800000")).Body));
    }

    [Fact]
    public async Task Post_DocumentOfTwoMegabytes_IsRefused() =>
        (await SendAsync(HttpMethod.Post, "/api/v2/monitors/plan", new string('#', 2_000_000))).Status
            .ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Monitor_IsPlannedAppliedShownPreviewedAndDeleted()
    {
        var document = (await File.ReadAllTextAsync(Path.Combine(Golden.Root, "samples/monitors/sensors.yaml"))).Replace("name: sensors", "name: other");

        (await SendAsync(HttpMethod.Post, "/api/v2/monitors/plan", document)).Body.ToString().ShouldContain("created");
        (await SendAsync(HttpMethod.Get, "/api/v2/monitors/other")).Status.ShouldBe(HttpStatusCode.NotFound);
        var applied = await SendAsync(HttpMethod.Post, "/api/v2/monitors", document);
        applied.Status.ShouldBe(HttpStatusCode.OK, applied.Body.ToString());
        (await SendAsync(HttpMethod.Get, "/api/v2/monitors/other")).Body.GetProperty("revision").GetInt64().ShouldBe(1);
        var preview = (await SendAsync(HttpMethod.Post, "/api/v2/monitors/preview", document)).Body;
        (preview.GetProperty("entities").GetInt32(), preview.GetProperty("rowsPerRun").GetInt64()).ShouldBe((4, 4));
        preview.GetProperty("stateBytes").GetInt64().ShouldBeGreaterThan(4 * 8064);
        (await SendAsync(HttpMethod.Delete, "/api/v2/monitors/other")).Status.ShouldBe(HttpStatusCode.NoContent);
        var wrong = await SendAsync(HttpMethod.Post, "/api/v2/monitors", document.Replace("every 5m", "often"));
        (wrong.Status, wrong.Body.GetProperty("detail").GetString()!.Contains("spec.schedule 'often'")).ShouldBe((HttpStatusCode.BadRequest, true));
    }

    [Fact]
    public async Task Backfill_JudgesADayOfThePast_Once()
    {
        const string Day = """{"from": "2024-09-10T00:00Z", "to": 1726012800000}""";
        await IncidentsAsync();

        var (status, body) = await SendAsync(HttpMethod.Post, "/api/v2/monitors/sensors/backfill", Day);

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        var run = body.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem();
        (run.GetProperty("state").GetString(), run.GetProperty("reason").GetString()).ShouldBe(("done", "backfilled"));
        var again = await SendAsync(HttpMethod.Post, "/api/v2/monitors/sensors/backfill", Day);
        again.Body.GetProperty("runs").GetArrayLength().ShouldBe(0);
        (await SendAsync(HttpMethod.Post, "/api/v2/monitors/nobody/backfill", Day)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Post, "/api/v2/monitors/sensors/backfill", """{"from": "yesterday"}""")).Status
            .ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Metrics_TellOfRunsAndTheirLag()
    {
        var metrics = "";
        for (var i = 0; i < 60 && !metrics.Contains("aioutliers_monitor_lag_seconds{", StringComparison.Ordinal); i++)
        {
            await Task.Delay(500);
            metrics = await _service.Client.GetStringAsync("/metrics");
        }

        metrics.ShouldContain("aioutliers_monitor_runs_total{");
        metrics.ShouldContain("aioutliers_monitor_lag_seconds{");
    }

    private static string IdOf(JsonElement page) => page.GetProperty("incidents")[0].GetProperty("id").GetString()!;

    private async Task<JsonElement> IncidentsAsync(int atLeast = 1)
    {
        for (var i = 0; i < 120; i++)
        {
            var (status, body) = await SendAsync(HttpMethod.Get, "/api/v2/incidents?monitor=sensors&severity=50");
            status.ShouldBe(HttpStatusCode.OK, body.ToString());
            if (body.GetProperty("incidents").GetArrayLength() >= atLeast)
                return body.GetProperty("incidents");
            await Task.Delay(250);
        }
        throw new TimeoutException("no incident:\n" + _service.Log);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _service.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}
