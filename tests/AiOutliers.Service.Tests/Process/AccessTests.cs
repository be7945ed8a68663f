using System.Net;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Who is let in: by key, from this machine, through a proxy that signs people in.</summary>
[Trait("tier", "integration")]
[UnsupportedOSPlatform("windows")]
public sealed class AccessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Keys => Path.Combine(_folder.Path, "keys");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_WithoutAnyKey_AnswersThisMachineOnly()
    {
        await using var service = await StartAsync();

        (await GetAsync(service)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var proxied = await GetAsync(service, headers: ("X-Forwarded-For", "10.0.0.9"));
        proxied.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await DetailAsync(proxied)).ShouldContain("rb-aioutliers keys add NAME ROLE");
    }

    [Fact]
    public async Task Get_WithKeys_AnswersWhoHasOneWithoutHints()
    {
        var key = await AddAsync("grafana", "viewer");
        await using var service = await StartAsync(("keys_file", Keys));

        (await GetAsync(service, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var none = await GetAsync(service);
        using var wrong = await GetAsync(service, key[..^1]);
        none.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        none.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"rb-aioutliers\"");
        (await DetailAsync(wrong)).ShouldBe(await DetailAsync(none));
        service.Log.ShouldNotContain(key);
    }

    [Fact]
    public async Task Get_AfterAddAndRevoke_FollowsTheFileWithoutARestart()
    {
        var first = await AddAsync("first", "viewer");
        await using var service = await StartAsync(("keys_file", Keys));
        var second = await AddAsync("second", "viewer");

        (await GetAsync(service, second)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await KeysAsync("revoke", "first")).ExitCode.ShouldBe(0);
        (await GetAsync(service, first)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await KeysAsync("list")).Output.ShouldBe("second viewer\n");
    }

    [Fact]
    public async Task Post_VersionOneProtected_NeedsAnOperatorAndKeepsItsWords()
    {
        var (viewer, fellow) = (await AddAsync("viewer", "viewer"), await AddAsync("operator", "operator"));
        await using var service = await StartAsync(("keys_file", Keys), ("protect_v1", "on"));

        (await CalculateAsync(service, null)).ShouldBe((HttpStatusCode.Unauthorized, "No data provided or requested: A valid key is needed: Authorization: Bearer KEY"));
        (await CalculateAsync(service, viewer)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await CalculateAsync(service, fellow)).Status.ShouldBe(HttpStatusCode.OK);
        (await service.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_VersionOneUnprotected_NeedsNoKey()
    {
        await AddAsync("viewer", "viewer");
        await using var service = await StartAsync(("keys_file", Keys));
        (await CalculateAsync(service, null)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Get_ThroughATrustedProxy_IsWhoItSays()
    {
        await using var service = await StartAsync(("trusted_proxies", "127.0.0.1"), ("user_header", "X-User"), ("role_header", "X-Role"));

        (await GetAsync(service, headers: [("X-User", "ana"), ("X-Role", "viewer")])).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(service, headers: [("X-User", "ana"), ("X-Role", "boss")])).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // A proxy on this machine that names nobody opens nothing.
        (await GetAsync(service)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_HeadersOfAProxyThatIsNotTrusted_AreNotBelieved()
    {
        await AddAsync("a", "viewer");
        await using var service = await StartAsync(("keys_file", Keys), ("trusted_proxies", "10.0.0.1"), ("user_header", "X-User"));
        (await GetAsync(service, headers: ("X-User", "ana"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("missing", "does not exist")]
    [InlineData("readable", "may be read or changed by others")]
    [InlineData("broken", "line 1 of")]
    public async Task Serve_KeysFileThatCannotBeUsed_EndsWith2(string how, string words)
    {
        if (how != "missing")
            await File.WriteAllTextAsync(Keys, how == "broken" ? "half a line\n" : "");
        if (how == "broken")
            File.SetUnixFileMode(Keys, UnixFileMode.UserRead);
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, "serve"], environment: Settings([("keys_file", Keys)]));

        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain(words);
    }

    [Theory]
    [InlineData("ana/b viewer", "the name 'ana/b' is not allowed")]
    [InlineData("ana viewer", "ana has a key already")]
    [InlineData("bea root", "'root'")]
    public async Task Add_WhatIsNotAllowed_EndsWith2(string arguments, string words)
    {
        await AddAsync("ana", "viewer");
        var run = await KeysAsync(["add", .. arguments.Split(' ')]);

        run.ExitCode.ShouldNotBe(0);
        (run.Error + run.Output).ShouldContain(words);
    }

    [Fact]
    public async Task Keys_WithoutAFileConfigured_SaysWhatToSet() =>
        (await CommandRun.OfAsync([.. ServiceFixture.Command, "keys", "list"])).Error.ShouldContain("[Security] keys_file is not set");

    private async Task<string> AddAsync(string name, string role)
    {
        var run = await KeysAsync("add", name, role);
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Output.Trim();
    }

    private Task<CommandRun> KeysAsync(params string[] arguments) =>
        CommandRun.OfAsync([.. ServiceFixture.Command, "keys", .. arguments], environment: Settings([("keys_file", Keys)]));

    private static Task<ServiceProcess> StartAsync(params (string Key, string Value)[] security) =>
        ServiceProcess.StartAsync(ServiceFixture.Command, Settings([("protect_metrics", "on"), .. security]));

    private static Dictionary<string, string> Settings((string Key, string Value)[] security) =>
        security.ToDictionary(static pair => $"Security__{pair.Key}", static pair => pair.Value);

    private static async Task<HttpResponseMessage> GetAsync(ServiceProcess service, string? key = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await service.Client.SendAsync(request);
    }

    private static async Task<(HttpStatusCode Status, string? Message)> CalculateAsync(ServiceProcess service, string? key)
    {
        using var client = new HttpClient { BaseAddress = service.Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("data", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Rows.Day(100))))]);
        using var response = await client.PostAsync("/calculate", form);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, json.RootElement.TryGetProperty("msg", out var message) ? message.GetString() : null);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }
}
