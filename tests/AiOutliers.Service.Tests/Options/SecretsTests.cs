using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Options;

/// <summary>What stops the start is told without passwords, for every key that may hold one.</summary>
[Trait("tier", "integration")]
public sealed class SecretsTests
{
    [Theory]
    [InlineData("Druid__druid_endpoint", "http://me:hunter2@broker:99999999/druid/v2/")]
    [InlineData("Druid__druid_endpoint", "http://me:hun/ter2@broker :8082/")]
    [InlineData("Druid__druid_endpoint", "me:hunter2@broker:8082")]
    [InlineData("Consul__consul_endpoint", "http://me:hunter2@consul:99999999")]
    [InlineData("Redis__rd_hostname", "redis://:hunter2@redis")]
    [InlineData("NTP__ntp_server", "me:hunter2@time")]
    [InlineData("Consul__service_address", "me:hunter2@here")]
    public async Task Serve_ValueThatCannotBeUsed_IsNamedWithoutItsPassword(string key, string value)
    {
        var run = await CommandRun.OfAsync(
            [.. Process.ServiceFixture.Command, "serve"], environment: new Dictionary<string, string> { [key] = value });

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(key.Split("__")[1]);
        (run.Error + run.Output).ShouldNotContain("hunter2");
        (run.Error + run.Output).ShouldNotContain("hun/ter2");
    }

    [Fact]
    public async Task Serve_StoreWithKeysInItsUrl_IsRefusedWithoutThem()
    {
        var run = await CommandRun.OfAsync([.. Process.ServiceFixture.Command, "serve"], environment: new Dictionary<string, string>
        {
            ["AWS__s3_hostname"] = "https://me:hunter2@s3.example",
            ["AWS__s3_bucket"] = "models",
            ["AWS__s3_public_key"] = "k",
            ["AWS__s3_private_key"] = "hunter2",
            ["Jobs__dashboard"] = "key",
            ["Jobs__dashboard_key"] = "hunter2",
        });

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("without user and password");
        run.Error.ShouldContain("dashboard_key");
        (run.Error + run.Output).ShouldNotContain("hunter2");
    }
}
