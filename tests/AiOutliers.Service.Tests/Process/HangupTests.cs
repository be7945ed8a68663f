using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

[Trait("tier", "integration")]
public sealed class HangupTests
{
    /// <summary>Under nohup the signal is ignored, also by what the tests start.</summary>
    private static string[] Command => ["env", "--default-signal=HUP", .. ServiceFixture.Command];

    [Fact]
    public async Task Hangup_OfTheService_ReadsTheModelFolderAndGoesOn()
    {
        await using var service = await ServiceProcess.StartAsync(Command);

        await service.SignalAsync("HUP");
        await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)));

        await service.SaysAsync("SIGHUP: read again: the model folder");
        service.HasExited.ShouldBeFalse();
        (await service.StopAsync()).ShouldBe(0);
    }

    /// <summary>As logrotate does: the file gets another name, and the service is told.</summary>
    [Fact]
    public async Task Hangup_LogFileMovedAway_IsOpenedAgain()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "service.log");
        await using var service = await ServiceProcess.StartAsync(Command, new Dictionary<string, string> { ["Logger__log_file"] = file });
        // The line goes to the console first.
        for (var i = 0; i < 200 && !(await File.ReadAllTextAsync(file)).Contains("Ready on", StringComparison.Ordinal); i++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        File.Move(file, file + ".1");

        await service.SignalAsync("HUP");
        await service.SaysAsync("SIGHUP");
        (await service.StopAsync()).ShouldBe(0);

        (await File.ReadAllTextAsync(file + ".1")).ShouldContain("Ready on");
        var after = await File.ReadAllTextAsync(file);
        after.ShouldContain("SIGHUP");
        after.ShouldNotContain("Ready on");
    }
}
