using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

[Trait("tier", "integration")]
public sealed class HangupTests
{
    [Fact]
    public async Task Hangup_OfTheService_ReadsTheModelFolderAndGoesOn()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);

        await SignalAsync("HUP", service.ProcessId);
        await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)));
        for (var i = 0; i < 100 && !service.Log.Contains("SIGHUP", StringComparison.Ordinal); i++)
            await Task.Delay(50, TestContext.Current.CancellationToken);

        service.Log.ShouldContain("the model folder is read again");
        service.HasExited.ShouldBeFalse();
        (await service.StopAsync()).ShouldBe(0);
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync();
    }
}
