using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Configuration;

/// <summary>The sample that the RPM installs.</summary>
public sealed class SampleConfigTests
{
    private static readonly string Sample = Checkout.File("deploy/config.ini");

    [Fact]
    public async Task Serve_SampleAsShipped_StartsWithoutUnknownKeysAndWithoutBroker()
    {
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "service.log");
        await using var service = await ConfiguredService.StartAsync(Sample, new Dictionary<string, string> { ["Models__path"] = folder.Path, ["Logger__log_file"] = log });

        service.Log.ShouldNotContain("is not a known key");
        (await service.Client.GetStringAsync("/health/ready")).ShouldContain("\"dataSource\":\"none\"");
        File.Exists(log).ShouldBeTrue();
    }

    [Fact]
    public void Sample_Keys_AreAllThatAreDocumented()
    {
        var keys = new HashSet<string>();
        var section = "";
        foreach (var line in File.ReadLines(Sample).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
                section = line.Trim('[', ']');
            else
                keys.Add($"{section}.{line.Split('=')[0].Trim()}").ShouldBeTrue($"{line} is there twice");
        }

        Expected.Where(key => !keys.Contains(key)).ShouldBeEmpty();
    }

    private static readonly string[] Expected =
    [
        .. Of("OutliersServerProduction", "outliers_binding_address outliers_server_port outliers_server_workers outliers_server_threads error_status"),
        .. Of("OutliersServerTesting", "outliers_binding_address outliers_server_port"),
        .. Of("Outliers", "metric schedule_hour epochs batch_size backup_path target_sensors model_names default_detector"),
        .. Of("ShallowOutliers", "sensitivity contamination"),
        .. Of("Models", "path max_loaded keras_format"),
        .. Of("Druid", "druid_endpoint"),
        .. Of("Logger", "log_file"),
        .. Of("NTP", "ntp_server"),
        .. Of("AWS", "s3_hostname s3_public_key s3_private_key s3_region s3_bucket"),
        .. Of("Redis", "rd_hostname rd_port rd_secret"),
        .. Of("Consul", "consul_endpoint service_name service_address service_port"),
    ];

    private static IEnumerable<string> Of(string section, string keys) => keys.Split(' ').Select(key => $"{section}.{key}");
}
