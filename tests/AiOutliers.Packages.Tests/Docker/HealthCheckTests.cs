using AiOutliers.Packages.Tests.Configuration;

namespace AiOutliers.Packages.Tests.Docker;

/// <summary>The image's health check, against the service as it is.</summary>
public sealed class HealthCheckTests
{
    private static readonly string Script = Checkout.File("deploy/docker/healthcheck");

    [Fact]
    public async Task HealthCheck_ServiceStopped_TurnsUnhealthy()
    {
        Tool.Require("bash", "bash");
        await using var service = await ConfiguredService.StartAsync(Checkout.File("samples/config.ini"), new Dictionary<string, string> { ["Druid__druid_endpoint"] = "" });
        var port = service.Address.Port.ToString();

        Tool.Run(Script, port).ExitCode.ShouldBe(0);
        await service.StopAsync();
        Tool.Run(Script, port).ExitCode.ShouldNotBe(0);
    }
}
