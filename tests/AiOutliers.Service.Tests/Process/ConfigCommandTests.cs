using System.Text;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Service.Tests.Process;

/// <summary><c>config check</c> in a process of its own.</summary>
[Trait("tier", "integration")]
public sealed class ConfigCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_UsableConfiguration_Ends0AndTellsWhatIsOdd()
    {
        var run = await CheckAsync("[Outliers]\nmetrik = bytes\n");

        run.ExitCode.ShouldBe(0);
        run.Output.Trim().ShouldBe("warning: [Outliers] metrik is not a known key; it is ignored. Did you mean 'metric'?\nThe configuration can be used.");
    }

    [Fact]
    public async Task Check_WrongValues_Ends2AndNamesEach()
    {
        var run = await CheckAsync("[OutliersServerProduction]\noutliers_server_port = high\n[Models]\npoll_seconds = 0\n");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("outliers_server_port");
        run.Error.ShouldContain("poll_seconds");
    }

    [Fact]
    public async Task Connect_NothingConfigured_SaysSo() =>
        (await CheckAsync("", "--connect")).ShouldSatisfyAllConditions(
            run => run.ExitCode.ShouldBe(0), run => run.Output.ShouldContain("Nothing to connect to"));

    [Fact]
    public async Task Connect_BrokerThatWantsAToken_GetsIt()
    {
        string? said = null;
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            said = context.Request.Headers.Authorization;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("""[{"timestamp":"2024-09-01T00:00:00.000Z","result":{"minTime":"2024-09-01T00:00:00.000Z"}}]"""));
        });

        var run = await CheckAsync($"[Druid]\ndruid_endpoint = {broker.Endpoint}\ndruid_token = open-sesame\n", "--connect");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("rb_flow begins at 2024-09-01T00:00:00Z");
        said.ShouldBe("Bearer open-sesame");
    }

    [Fact]
    public async Task Connect_BrokerAndConsulBehindTls_AreTrustedByTheirFiles()
    {
        using var authority = new TestAuthority("127.0.0.1");
        await using var neighbour = await FakeBroker.StartAsync(static (context, _) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync("[]"u8.ToArray()).AsTask();
        }, authority);
        var endpoints = $"[Druid]\ndruid_endpoint = {neighbour.Endpoint}\nCA\n[Consul]\nconsul_endpoint = https://{neighbour.Endpoint.Authority}\n";

        var trusting = await CheckAsync(
            endpoints.Replace("CA", "druid_ca_file = " + authority.AuthorityFile, StringComparison.Ordinal)
            + $"consul_ca_file = {authority.AuthorityFile}\n", "--connect");
        var without = await CheckAsync(endpoints.Replace("CA", "", StringComparison.Ordinal), "--connect");

        trusting.ExitCode.ShouldBe(0, trusting.Output);
        without.ExitCode.ShouldBe(2, without.Output);
        without.Output.ShouldContain("druid_ca_file");
    }

    [Fact]
    public async Task Connect_ConsulWithTokenAndRedisThatIsAway_SaysWhichFailedAndEnds2()
    {
        string? said = null;
        await using var agent = await FakeBroker.StartAsync(async (context, _) =>
        {
            said = context.Request.Headers["X-Consul-Token"];
            await context.Response.Body.WriteAsync("{}"u8.ToArray());
        });
        var ini = $"[Consul]\nconsul_endpoint = {agent.Endpoint.Authority}\nconsul_token = secret-of-the-agent\n[Redis]\nrd_hostname = 127.0.0.1\nrd_port = 1\n";

        var run = await CheckAsync(ini, "--connect");

        run.ExitCode.ShouldBe(2);
        said.ShouldBe("secret-of-the-agent");
        run.Output.ShouldMatch("Consul +ok");
        run.Output.ShouldMatch("Redis +FAILED");
        (run.Output + run.Error).ShouldNotContain("secret-of-the-agent");
    }

    private Task<CommandRun> CheckAsync(string ini, params string[] arguments)
    {
        var file = Path.Combine(_folder.Path, "config.ini");
        File.WriteAllText(file, ini);
        return CommandRun.OfAsync([.. ServiceFixture.Command, "config", "check", "--config", file, .. arguments]);
    }
}
