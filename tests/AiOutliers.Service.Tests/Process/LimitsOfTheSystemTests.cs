using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Where the system gives less than the service needs, it says so in words.</summary>
[Trait("tier", "integration")]
public sealed class LimitsOfTheSystemTests
{
    [Theory]
    [InlineData(128)]
    [InlineData(511)]
    public async Task AnyCommand_TooFewOpenFiles_SaysHowToRaiseTheLimit(int files)
    {
        var run = await CommandRun.OfAsync(Limited($"ulimit -n {files}", "serve"));

        run.Error.Trim().ShouldBe($"rb-aioutliers: only {files} files may be open at once, and at least 512 are needed; raise the limit: "
            + "LimitNOFILE= of the unit, --ulimit nofile= of the container, ulimit -n of the shell");
        run.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Serve_FewOpenFiles_AnswersFewerConnectionsAndSaysSo()
    {
        await using var service = await ServiceProcess.StartAsync(Limited("ulimit -n 600"));

        await service.SaysAsync("At most 216 connections are answered at once");
        (await service.Client.GetStringAsync("/health/live")).ShouldContain("live");
    }

    /// <summary>The largest size of a file stands for a full disk: it is an error of the same kind, and needs no disk.</summary>
    [Fact]
    public async Task Serve_LogFileThatCannotGrow_SaysSoOnceAndCountsTheLines()
    {
        using var folder = new TemporaryFolder();
        await using var service = await ServiceProcess.StartAsync(Limited("trap '' XFSZ; ulimit -f 1"), new Dictionary<string, string>
        {
            ["Logger__log_file"] = Path.Combine(folder.Path, "service.log"),
            // Else the runtime keeps a large file of its own for the code that it makes.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        });
        for (var i = 0; i < 20; i++)
            await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)));

        var metrics = await service.Client.GetStringAsync("/metrics");
        metrics.ShouldMatch("aioutliers_log_lost_total\\{[^}]*\\} [1-9]");
        (service.Log.Split("cannot be written").Length - 1).ShouldBe(1, service.Log);
        await service.SaysAsync($"the log file '{Path.Combine(folder.Path, "service.log")}' cannot be written, 1 lines are lost");
    }

    private static string[] Limited(string limit, params string[] arguments) =>
        ["/bin/bash", "-c", limit + "; exec \"$@\"", "bash", .. ServiceFixture.Command, .. arguments];
}
