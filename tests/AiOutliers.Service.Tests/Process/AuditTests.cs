using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Who changed what: through a key, by a command; never a secret.</summary>
[Trait("tier", "integration")]
public sealed class AuditTests : IDisposable
{
    private const string Contact = """
        { "apiVersion": "aioutliers/v1", "kind": "Contact", "metadata": { "name": "noc" },
          "spec": { "webhook": { "url": "http://127.0.0.1:1/hook?token=s3cret", "secret": "alsoS3cret" } } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Changes_ByKeysAndCommands_AreListedForAdminsWithoutSecrets()
    {
        // A command makes no database, so that of the first key has no line.
        var admin = await AddAsync("chief", "admin");
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, Settings);
        (await SendAsync(service, HttpMethod.Post, "/api/v2/monitors", admin, Contact)).Status.ShouldBe(HttpStatusCode.OK);
        var viewer = await AddAsync("looker", "viewer");
        (await RunAsync("keys", "revoke", "looker")).ExitCode.ShouldBe(0);

        var (status, answer) = await SendAsync(service, HttpMethod.Get, "/api/v2/audit?limit=10", admin);

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        var changes = answer.GetProperty("changes").EnumerateArray().ToArray();
        changes.Select(static one => $"{one.GetProperty("action")} {one.GetProperty("subject")}")
            .ShouldBe(["revoke Key/looker", "add Key/looker", "apply Contact/noc"]);
        changes[2].GetProperty("actor").GetString().ShouldBe("chief");
        changes[2].GetProperty("address").GetString().ShouldBe("127.0.0.1");
        changes[1].GetProperty("actor").GetString().ShouldBe(Environment.UserName);
        changes[1].GetProperty("after").GetString().ShouldBe("viewer");
        foreach (var secret in new[] { "3cret", admin, viewer })
            answer.ToString().ShouldNotContain(secret, Case.Insensitive);
        (await SendAsync(service, HttpMethod.Get, "/api/v2/audit?subject=Contact", admin)).Json.GetProperty("changes").GetArrayLength()
            .ShouldBe(1);
        var listed = await RunAsync("storage", "audit", "--actor", "chief");
        listed.Output.ShouldContain("Contact/noc");
        listed.Output.ShouldNotContain("Key/looker");
    }

    [Theory]
    [InlineData("viewer", HttpStatusCode.Forbidden)]
    [InlineData("operator", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Get_Audit_IsForAdmins(string role, HttpStatusCode status)
    {
        var key = await AddAsync("somebody", role);
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, Settings);

        (await SendAsync(service, HttpMethod.Get, "/api/v2/audit", key)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("limit=501", "limit '501' is not a whole number from 1 to 500")]
    [InlineData("after=x", "after 'x' is not a whole number")]
    [InlineData("who=ana", "'who' is not known; known are actor, subject")]
    public async Task Get_WrongQuery_SaysWhatItTakes(string query, string words)
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["Storage__database"] = $"sqlite:{_folder.Path}/x.db",
        });

        var (status, problem) = await SendAsync(service, HttpMethod.Get, "/api/v2/audit?" + query, key: null);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("detail").GetString()!.ShouldContain(words);
    }

    private Dictionary<string, string> Settings => new()
    {
        ["Storage__database"] = $"sqlite:{_folder.Path}/x.db",
        ["Security__keys_file"] = Path.Combine(_folder.Path, "keys"),
    };

    private async Task<string> AddAsync(string name, string role)
    {
        var run = await RunAsync("keys", "add", name, role);
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Output.Trim();
    }

    private Task<CommandRun> RunAsync(params string[] arguments) =>
        CommandRun.OfAsync([.. ServiceFixture.Command, .. arguments], environment: Settings);

    private static async Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(
        ServiceProcess service, HttpMethod method, string path, string? key, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await service.Client.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync()));
    }
}
