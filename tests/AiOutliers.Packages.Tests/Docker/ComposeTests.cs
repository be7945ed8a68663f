using System.Text.Json;

namespace AiOutliers.Packages.Tests.Docker;

/// <summary>The compose file as docker-compose reads it; no container runs here.</summary>
public sealed class ComposeTests
{
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["S3_ACCESS_KEY"] = "access",
        ["S3_SECRET_KEY"] = "secret-of-s3",
        ["REDIS_SECRET"] = "secret-of-redis",
        ["DRUID_SECRET"] = "secret-of-druid",
    };

    [Fact]
    public void Config_WithSecrets_HasTheWholeCluster()
    {
        var services = Read().At("services");

        string[] parts = ["executor", "scheduler", "worker", "redis", "s3", "consul", "druid-broker", "druid-historical"];
        parts.ShouldBeSubsetOf(services.EnumerateObject().Select(service => service.Name));
        services.Text("executor.command").ShouldBe("[\"serve\"]");
        services.Text("scheduler.command").ShouldBe("[\"schedule\"]");
        services.Text("worker.command").ShouldBe("[\"work\"]");
        services.At("worker.healthcheck.test").EnumerateArray().Last().ToString().ShouldBe(services.Text("worker.environment.Jobs__health_port"));
        services.Text("worker.deploy.replicas").ShouldBe("2");
        services.Text("worker.environment.Redis__rd_secret").ShouldBe("secret-of-redis");
        services.Text("executor.environment.Consul__consul_endpoint").ShouldBe("http://consul:8500");
        services.EnumerateObject().Where(service => service.Value.TryGetProperty("ports", out _)).SelectMany(service => service.Value.At("ports").EnumerateArray())
            .ShouldAllBe(port => port.ToString().StartsWith("127.0.0.1:", StringComparison.Ordinal));
    }

    [Fact]
    public void Config_NameOfEveryHostInTheSettings_IsAService()
    {
        var services = Read().At("services");
        var settings = services.At("executor.environment").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.ToString());

        foreach (var host in (string[])[settings["Redis__rd_hostname"], HostOf(settings["AWS__s3_hostname"]), HostOf(settings["Druid__druid_endpoint"]), HostOf(settings["Consul__consul_endpoint"])])
            services.TryGetProperty(host, out _).ShouldBeTrue(host);
    }

    [Theory]
    [InlineData("S3_ACCESS_KEY")]
    [InlineData("S3_SECRET_KEY")]
    [InlineData("REDIS_SECRET")]
    [InlineData("DRUID_SECRET")]
    public void Config_SecretNotSet_IsRefused(string secret)
    {
        var result = Run(new Dictionary<string, string>(Secrets) { [secret] = "" });

        result.ExitCode.ShouldNotBe(0);
        result.Errors.ShouldContain("copy env.example to .env");
    }

    private static string HostOf(string url) => new Uri(url).Host;

    private static JsonElement Read() => Yaml.Read(Run(Secrets).Succeeded()).Single();

    private static ToolResult Run(IReadOnlyDictionary<string, string> environment)
    {
        Tool.Require("docker-compose", "docker-compose");
        return Tool.Run("docker-compose", ["-f", Checkout.File("deploy/docker/compose.yaml"), "config"], "", environment);
    }
}
