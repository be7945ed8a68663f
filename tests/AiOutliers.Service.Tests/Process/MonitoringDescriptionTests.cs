using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>The routes of monitors, incidents, alerts and the audit answer as /openapi/v2.json describes them.</summary>
[Trait("tier", "integration")]
public sealed class MonitoringDescriptionTests : IAsyncLifetime
{
    private const string Incident = "/api/v2/incidents/{id}";

    private static readonly string Document = File.ReadAllText(Path.Combine(Golden.Root, "samples/monitors/sensors.yaml"));

    private const string Told = """
        apiVersion: aioutliers/v1
        kind: Contact
        metadata: { name: noc }
        spec: { syslog: { host: 127.0.0.1, port: 9 } }
        ---
        apiVersion: aioutliers/v1
        kind: Route
        metadata: { name: night }
        spec: { match: { team: nobody }, minSeverity: 99, contacts: [noc] }
        """;

    private readonly TemporaryFolder _folder = new();
    private ServiceProcess _service = null!;
    private DescribedService _described = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await ServiceProcess.StartAsync(
            ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\" --replay \"$SAMPLES\" --speed 600", _folder.Path, .. ServiceFixture.Command],
            new Dictionary<string, string> { ["SAMPLES"] = Path.Combine(Golden.Root, "samples") });
        _described = await DescribedService.OfAsync(_service);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Answers_OfIncidents_AreAsDescribed()
    {
        var id = await IncidentAsync();

        await CheckAsync("get", "/api/v2/incidents", "/api/v2/incidents?severity=50&limit=1", 200);
        await CheckAsync("get", "/api/v2/incidents", "/api/v2/incidents?severty=50", 400);
        await CheckAsync("get", Incident, $"/api/v2/incidents/{id}", 200);
        await CheckAsync("get", Incident, "/api/v2/incidents/nobody", 404);
        await CheckAsync("post", Incident + "/acknowledge", $"/api/v2/incidents/{id}/acknowledge", 200, "");
        await CheckAsync("post", Incident + "/comment", $"/api/v2/incidents/{id}/comment", 200, """{"text":"on it"}""");
        await CheckAsync("post", Incident + "/comment", $"/api/v2/incidents/{id}/comment", 400, "[");
        await CheckAsync("post", Incident + "/verdict", $"/api/v2/incidents/{id}/verdict", 200, """{"verdict":"confirmed"}""");
        await CheckAsync("post", Incident + "/verdict", $"/api/v2/incidents/{id}/verdict", 400, """{"verdict":"nonsense"}""");
        await CheckAsync("get", "/api/v2/audit", "/api/v2/audit", 200);
        await CheckAsync("get", "/api/v2/audit", "/api/v2/audit?limit=0", 400);
    }

    [Fact]
    public async Task Answers_OfDocuments_AreAsDescribed()
    {
        var other = Document.Replace("name: sensors", "name: other");

        await CheckAsync("post", "/api/v2/monitors/plan", "/api/v2/monitors/plan", 200, other);
        await CheckAsync("post", "/api/v2/monitors", "/api/v2/monitors", 200, other);
        await CheckAsync("post", "/api/v2/monitors", "/api/v2/monitors", 400, other.Replace("every 5m", "often"));
        await CheckAsync("post", "/api/v2/monitors", "/api/v2/monitors", 413, new string('#', 2_000_000));
        await CheckAsync("post", "/api/v2/monitors/preview", "/api/v2/monitors/preview", 200, other);
        await CheckAsync("get", "/api/v2/monitors", "/api/v2/monitors", 200);
        await CheckAsync("get", "/api/v2/monitors", "/api/v2/monitors?limit=501", 400);
        await CheckAsync("get", "/api/v2/monitors/{name}", "/api/v2/monitors/other", 200);
        await CheckAsync("get", "/api/v2/monitors/{name}", "/api/v2/monitors/nobody", 404);
        await CheckAsync("delete", "/api/v2/monitors/{name}", "/api/v2/monitors/nobody", 404);
        await CheckAsync("delete", "/api/v2/monitors/{name}", "/api/v2/monitors/other", 204);
        await CheckAsync("post", "/api/v2/monitors", "/api/v2/monitors", 200, Told);
        var plan = await _described.AskAsync(
            "post", "/api/v2/monitors/plan", "/api/v2/monitors/plan", 200, Told.Replace("contacts: [noc]", "contacts: [nco]"));
        plan.GetProperty("warnings")[0].GetString().ShouldStartWith("Route/night names the contact 'nco', which does not exist");
        var told = await _described.AskAsync("get", "/api/v2/contacts", "/api/v2/contacts", 200);
        (told.GetProperty("contacts").GetArrayLength(), told.GetProperty("routes").GetArrayLength()).ShouldBe((1, 1));
        var routes = await _described.AskAsync("get", "/api/v2/contacts", "/api/v2/contacts?limit=1&after=Contact/zzz", 200);
        (routes.GetProperty("contacts").GetArrayLength(), routes.GetProperty("routes").GetArrayLength()).ShouldBe((0, 1));
        await CheckAsync("get", "/api/v2/contacts", "/api/v2/contacts?after=zzz", 400);
        await CheckAsync("post", "/api/v2/contacts/{name}/test", "/api/v2/contacts/nobody/test", 400, "");
        await CheckAsync("delete", "/api/v2/contacts/{name}", "/api/v2/contacts/nobody", 404);
        await CheckAsync("delete", "/api/v2/contacts/{name}", "/api/v2/contacts/noc", 409);
        await CheckAsync("delete", "/api/v2/routes/{name}", "/api/v2/routes/night", 204);
        await CheckAsync("delete", "/api/v2/routes/{name}", "/api/v2/routes/night", 404);
        await CheckAsync("delete", "/api/v2/contacts/{name}", "/api/v2/contacts/noc", 204);
        await CheckAsync("get", "/api/v2/alerts", "/api/v2/alerts?state=waiting", 200);
        await CheckAsync("get", "/api/v2/alerts", "/api/v2/alerts?state=lost", 400);
    }

    private async Task<string> IncidentAsync()
    {
        for (var i = 0; i < 120; i++)
        {
            var page = JsonElement.Parse(await _service.Client.GetByteArrayAsync("/api/v2/incidents?severity=50"));
            if (page.GetProperty("incidents").GetArrayLength() > 0)
                return page.GetProperty("incidents")[0].GetProperty("id").GetString()!;
            await Task.Delay(250);
        }
        throw new TimeoutException("no incident:\n" + _service.Log);
    }

    private Task CheckAsync(string method, string path, string address, int status, string? body = null) =>
        _described.AskAsync(method, path, address, status, body);
}
