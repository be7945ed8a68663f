using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AiOutliers.Cluster.Registration;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Cluster.Tests.Servers;
using AiOutliers.Tests.Shared.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Registration;

public sealed class ConsulRegistrationTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    [Fact]
    [Trait("tier", "integration")]
    public async Task Run_RealAgent_RegistersAgainAfterItsRestartAndLeavesInTheEnd()
    {
        await using var consul = new ConsulAgent();
        await consul.StartAsync();
        using var http = new HttpClient { BaseAddress = consul.Endpoint };
        using var registration = Create(consul.Endpoint);
        using var stop = new CancellationTokenSource();
        var running = registration.RunAsync(39091, stop.Token, Pause);
        await JobWaiting.UntilAsync(() => IsKnownAsync(http, registration.Id), () => "not registered");

        using (var service = JsonDocument.Parse(await http.GetStringAsync($"v1/agent/service/{registration.Id}")))
        {
            service.RootElement.GetProperty("Service").GetString().ShouldBe("rb-aioutliers");
            service.RootElement.GetProperty("Address").GetString().ShouldBe("127.0.0.1");
            service.RootElement.GetProperty("Port").GetInt32().ShouldBe(39091);
        }
        (await http.GetStringAsync("v1/agent/checks")).ShouldContain(registration.Id);

        await consul.KillAsync();
        await consul.StartAsync();
        await JobWaiting.UntilAsync(() => IsKnownAsync(http, registration.Id), () => "not registered again");

        await stop.CancelAsync();
        await running;
        (await IsKnownAsync(http, registration.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_AgentAnswers500_TriesAgainAndNeverFails()
    {
        var (failures, body) = (0, "");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var agent = builder.Build();
        agent.Urls.Add($"http://127.0.0.1:{Loopback.FreePort()}");
        agent.MapPut("/v1/agent/service/register", async (HttpRequest request) =>
        {
            if (++failures <= 3)
                return Results.StatusCode(500);
            body = await new StreamReader(request.Body).ReadToEndAsync();
            return Results.Ok();
        });
        agent.MapFallback(() => Results.StatusCode(500));
        await agent.StartAsync();
        using var registration = Create(new Uri(agent.Urls.First()));
        using var stop = new CancellationTokenSource();

        var running = registration.RunAsync(39091, stop.Token, Pause);
        await JobWaiting.UntilAsync(() => Task.FromResult(Volatile.Read(ref body).Length > 0), () => "not registered");
        await stop.CancelAsync();
        await running;

        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("ID").GetString().ShouldBe("rb-aioutliers-" + Environment.MachineName);
        json.RootElement.GetProperty("Name").GetString().ShouldBe("rb-aioutliers");
        json.RootElement.GetProperty("Check").GetProperty("HTTP").GetString().ShouldBe("http://127.0.0.1:39091/health/ready");
    }

    [Fact]
    public async Task Run_AgentBehindTls_IsAskedOnlyWhereItsAuthorityIsTrusted()
    {
        using var authority = new TestAuthority("127.0.0.1");
        using var other = new TestAuthority("127.0.0.1");
        await using var agent = await FakeBroker.StartAsync(static (_, _) => Task.CompletedTask, authority);
        var root = new Uri(agent.Endpoint, "/");

        using (var trusting = Create(root, authority.Trust()))
            (await ReachableAsync(trusting)).ShouldBe(true);
        var asked = agent.Requests;
        using (var wrong = Create(root, other.Trust()))
            (await ReachableAsync(wrong)).ShouldBe(false);
        agent.Requests.ShouldBe(asked);
    }

    /// <summary>Another machine would get the token.</summary>
    [Fact]
    public async Task Run_AgentThatRedirects_IsNotFollowed()
    {
        await using var elsewhere = await FakeBroker.StartAsync(static (_, _) => Task.CompletedTask);
        await using var agent = await FakeBroker.StartAsync((context, _) =>
        {
            context.Response.Redirect(elsewhere.Endpoint.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        using var registration = Create(new Uri(agent.Endpoint, "/"));

        (await ReachableAsync(registration)).ShouldBe(false);
        elsewhere.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Run_AgentWithAnAnswerOfMegabytes_IsGivenUp()
    {
        await using var agent = await FakeBroker.StartAsync(200, "application/json", new byte[2 << 20]);
        using var registration = Create(new Uri(agent.Endpoint, "/"));

        (await ReachableAsync(registration)).ShouldBe(false);
    }

    [Fact]
    public async Task Run_NobodyThere_EndsCleanly()
    {
        using var registration = Create(new Uri($"http://127.0.0.1:{Loopback.FreePort()}"));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await registration.RunAsync(39091, stop.Token, Pause);
    }

    private static ConsulRegistration Create(Uri endpoint, X509ChainPolicy? trust = null)
    {
        var settings = new ConsulSettings(endpoint, "rb-aioutliers", "127.0.0.1", null) { Trust = trust };
        return new(settings, TimeProvider.System, NullLogger<ConsulRegistration>.Instance);
    }

    private static async Task<bool?> ReachableAsync(ConsulRegistration registration)
    {
        using var stop = new CancellationTokenSource();
        var running = registration.RunAsync(39091, stop.Token, Pause);
        await JobWaiting.UntilAsync(() => Task.FromResult(registration.IsReachable is not null), () => "not asked");
        var reached = registration.IsReachable;
        await stop.CancelAsync();
        await running;
        return reached;
    }

    private static async Task<bool> IsKnownAsync(HttpClient http, string id)
    {
        try
        {
            using var response = await http.GetAsync($"v1/agent/service/{id}");
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
