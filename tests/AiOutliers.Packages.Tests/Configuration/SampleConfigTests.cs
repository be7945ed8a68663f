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
    public void Sample_Keys_AreAllThatAreDocumented() => ConfigurationKeys.Of(File.ReadAllText(Sample)).ShouldBe(ConfigurationKeys.Documented(), ignoreOrder: true);
}
