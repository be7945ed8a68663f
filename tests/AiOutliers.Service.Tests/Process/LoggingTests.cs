using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

[Trait("tier", "integration")]
public sealed class LoggingTests
{
    [Fact]
    public async Task Post_AnyRequest_WritesItsIdIntoEachOfItsLines()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "log", "service.log");
        var unordered = $"[{Rows.Row(Rows.Stamp(2), "3")},{Rows.Row(Rows.Stamp(0), "1")}]";
        ServiceFixture.Answer[] answers;
        await using (var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string> { ["Logger__log_file"] = file }))
        {
            answers =
            [
                await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)), ("model", "unknown")),
                await ServiceFixture.PostAsync(service, "/calculate", ("data", unordered)),
                await ServiceFixture.PostAsync(service, "/calculate", ("data", "no JSON")),
                await ServiceFixture.PostAsync(service, "/nowhere"),
            ];
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            (await service.StopAsync()).ShouldBe(0);
        }

        var lines = File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)
            .SkipWhile(line => !line.GetProperty("@mt").GetString()!.StartsWith("Ready on", StringComparison.Ordinal)).Skip(1)
            .Where(line => line.TryGetProperty("RequestPath", out _)).ToArray();
        lines.Length.ShouldBeGreaterThanOrEqualTo(5);
        lines.Select(line => line.GetProperty("RequestId").GetString()).Distinct().ShouldBe(answers[..3].Select(answer => answer.RequestId));
        answers.Select(answer => answer.RequestId).ShouldBeUnique();
        answers.ShouldAllBe(answer => !string.IsNullOrEmpty(answer.RequestId));
    }

    [Fact]
    public async Task Serve_LogFileThatCannotBeWritten_StopsTheStart()
    {
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, "serve"], environment: new Dictionary<string, string> { ["Logger__log_file"] = "/proc/no-such-folder/service.log" });
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("[Logger] log_file = '/proc/no-such-folder/service.log' cannot be written");
    }

    [Fact]
    public async Task Serve_PortThatIsTaken_SaysSoInOneLine()
    {
        await using var other = await ServiceProcess.StartAsync(ServiceFixture.Command);
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, "serve"], environment: new Dictionary<string, string>
        {
            ["OutliersServerProduction__outliers_binding_address"] = "127.0.0.1",
            ["OutliersServerProduction__outliers_server_port"] = $"{other.Address.Port}",
        });
        // 1, not 2: the port may be free at the next start, and systemd tries again.
        run.ExitCode.ShouldBe(1);
        run.Error.Trim().ShouldBe($"rb-aioutliers: cannot listen on 127.0.0.1, port {other.Address.Port}: Address already in use");
        run.Output.ShouldNotContain("   at ");
    }
}
