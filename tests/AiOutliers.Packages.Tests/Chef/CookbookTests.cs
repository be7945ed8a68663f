using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiOutliers.Packages.Tests.Configuration;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Chef;

/// <summary>What the cookbook's actions declare, and that the service takes the configuration that it writes.</summary>
public sealed class CookbookTests
{
    [Fact]
    public void RubyFiles_Syntax_IsCorrect()
    {
        Tool.Require("ruby", "ruby");
        var files = Directory.EnumerateFiles(Checkout.File("deploy/chef"), "*.rb", SearchOption.AllDirectories).ToList();

        files.Count.ShouldBeGreaterThan(4);
        foreach (var file in files)
            Tool.Run("ruby", "-wc", file).Succeeded().Trim().ShouldBe("Syntax OK");
    }

    [Fact]
    public void Add_Defaults_InstallsConfiguresAndRunsTheHttpService()
    {
        var resources = Cookbook.Converge("add", new { }).Resources;

        resources.Select(resource => $"{resource.Type} {resource.Name}").ShouldBe(
        [
            "package rb-aioutliers", "service rb-aioutliers", "service rb-aioutliers-scheduler", "service rb-aioutliers-worker",
            "template /opt/rb-aioutliers/config.ini", "service rb-aioutliers running",
        ]);
        resources[1].Says("action").ShouldBe("enable");
        resources[2].Says("action").ShouldBe("[\"stop\",\"disable\"]");
        resources[4].Says("mode").ShouldBe("0640");
        resources[4].Says("group").ShouldBe("rb-aioutliers");
        resources[4].Says("sensitive").ShouldBe("True");
        resources[4].Says("verify").ShouldBe("/opt/rb-aioutliers/bin/rb-aioutliers config check --config %{path}");
        resources[4].Says("notifies").ShouldBe("[\"restart\",\"service[rb-aioutliers]\",\"delayed\"]");
    }

    [Fact]
    public void Remove_Always_StopsServicesAndRemovesThePackage()
    {
        var resources = Cookbook.Converge("remove", new { }).Resources;

        resources.Select(resource => resource.Type).ShouldBe(["service", "service", "service", "package"]);
        resources[3].Says("action").ShouldBe("remove");
    }

    [Fact]
    public async Task Add_DefaultsRendered_AreAcceptedByTheService()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "config.ini");
        File.WriteAllText(file, Cookbook.Configuration(new { log_file = Path.Combine(folder.Path, "service.log"), models_path = folder.Path }));
        await using var service = await ConfiguredService.StartAsync(file);

        service.Log.ShouldNotContain("is not a known key");
        (await service.Client.GetStringAsync("/health/ready")).ShouldContain("\"dataSource\":\"none\"");
    }

    /// <summary>All but what has no effect, and the section that one property gives as a whole.</summary>
    [Fact]
    public void Add_Rendered_HasEveryDocumentedKey() => ConfigurationKeys.Of(Cookbook.Configuration(new { })).ShouldBe(
        ConfigurationKeys.Documented().Where(key => !key.StartsWith("OutliersServerTesting.", StringComparison.Ordinal) && !key.StartsWith("SeasonalScan.", StringComparison.Ordinal)
            && !key.EndsWith("server_workers", StringComparison.Ordinal) && !key.EndsWith("server_threads", StringComparison.Ordinal)),
        ignoreOrder: true);

    [Fact]
    public async Task Add_PropertiesRendered_ReachTheService()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "config.ini");
        var log = Path.Combine(folder.Path, "service.log");
        var configuration = Cookbook.Configuration(new
        {
            druid_broker = "127.0.0.1:1",
            log_file = log,
            models_path = folder.Path,
            sensitivity = 0.9,
            seasonal_scan = new { sensitivity = "low", min_deviation = 1000 },
            health_port = 39092,
            schedule_health_port = 39093,
            dashboard = "key",
            dashboard_key = "sixteen letters or more",
            target_sensors = new[] { "a", "b c" },
            schedule_hour = "30 3 * * 1",
            s3_hostname = "http://127.0.0.1:1",
            s3_secrets = new { access_key = "AK", secret_key = "S;K#1=", bucket = "traffic", region = "eu-west-1" },
            redis_hostname = "127.0.0.1",
            redis_port = 1,
            redis_secret = "p=w",
            redis_username = "aioutliers",
            redis_tls = true,
            redis_ca_file = Authority(folder),
            ntp_server = "127.0.0.1",
        });
        File.WriteAllText(file, configuration);

        string[] expected =
        [
            "druid_endpoint = http://127.0.0.1:1/druid/v2/", "sensitivity = 0.9", "sensitivity = low", "min_deviation = 1000", "health_port = 39092", "schedule_health_port = 39093", "target_sensors = a,b c", "schedule_hour = 30 3 * * 1", "s3_hostname = http://127.0.0.1:1",
            "s3_public_key = AK", "s3_private_key = S;K#1=", "s3_bucket = traffic", "s3_region = eu-west-1", "rd_hostname = 127.0.0.1", "rd_port = 1", "rd_secret = p=w",
            "rd_username = aioutliers", "rd_tls = true", "rd_ca_file = " + Path.Combine(folder.Path, "ca.pem"),
            "ntp_server = 127.0.0.1", "service_address = 10.0.0.7",
        ];
        expected.ShouldBeSubsetOf(configuration.Split('\n'));
        await using var service = await ConfiguredService.StartAsync(file);
        service.Log.ShouldNotContain("is not a known key");
        (await service.Client.GetStringAsync("/health/ready")).ShouldContain("\"dataSource\":\"broker\"");
        File.Exists(log).ShouldBeTrue();
    }

    /// <summary>A file with a certificate: the service reads it when it starts.</summary>
    private static string Authority(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = Path.Combine(folder.Path, "ca.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return file;
    }

    [Theory]
    [InlineData("broker.local", "http://broker.local:8082/druid/v2/")]
    [InlineData("broker.local:9000", "http://broker.local:9000/druid/v2/")]
    [InlineData("https://broker.local/druid/v2/", "https://broker.local/druid/v2/")]
    [InlineData("duckdb:/data", "duckdb:/data")]
    public void Add_Broker_BecomesItsUrl(string broker, string endpoint) => Cookbook.Configuration(new { druid_broker = broker }).ShouldContain($"\ndruid_endpoint = {endpoint}\n");

    [Fact]
    public void Add_ValueWithALineEnd_IsRefused() => Cookbook.Try("add", new { redis_secret = "a\n[Druid]" }).Errors.ShouldContain("redis_secret must be one line");

    [Fact]
    public void Add_ValueInASectionWithALineEnd_IsRefused() =>
        Cookbook.Try("add", new { seasonal_scan = new { sensitivity = "low\n[Druid]" } }).Errors.ShouldContain("seasonal_scan must be one line");

    [Fact]
    public void Add_UnknownService_IsRefused() => Cookbook.Try("add", new { services = new[] { "sshd" } }).Errors.ShouldContain("names of rb-aioutliers");

    [Fact]
    public void Add_UnknownSecret_IsRefused() => Cookbook.Try("add", new { s3_secrets = new { acces_key = "AK" } }).Errors.ShouldContain("unknown keys: acces_key");
}
