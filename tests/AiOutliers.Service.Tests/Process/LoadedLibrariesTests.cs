using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>What a service does not use takes none of its memory, and none of the time of its start.</summary>
[Trait("tier", "integration")]
public sealed class LoadedLibrariesTests
{
    /// <summary>
    /// Of the job dashboard, tables of commands, the reference page, descriptions, PostgreSQL, S3, alerts, pictures and models.
    /// </summary>
    private static readonly string[] Unused =
    [
        "Hangfire", "Spectre", "Scalar", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.OpenApi", "Microsoft.OpenApi", "Npgsql",
        "AWSSDK", "MailKit", "MimeKit", "Fluid", "SkiaSharp", "PureHDF", "StackExchange",
    ];

    [Fact]
    public async Task Serve_ThatNobodyHasAsked_HasLoadedWhatItUses()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["Druid__druid_endpoint"] = "duckdb:" + Path.Combine(Golden.Root, "samples"),
            ["COLUMNS"] = "",
        });
        await service.Client.GetStringAsync("/health/ready");

        string[] loaded = [.. File.ReadLines($"/proc/{service.Id}/maps").Where(static line => line.EndsWith(".dll", StringComparison.Ordinal))
            .Select(static line => Path.GetFileName(line)).Distinct()];
        loaded.ShouldContain("System.CommandLine.dll");
        loaded.Where(static name => Unused.Any(unused => name.StartsWith(unused, StringComparison.Ordinal))).ShouldBeEmpty();
    }
}
