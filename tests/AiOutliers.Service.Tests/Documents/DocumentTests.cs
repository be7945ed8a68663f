using System.Text.RegularExpressions;
using AiOutliers.Engine;
using AiOutliers.Service.Cli;
using AiOutliers.Service.Options;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Documents;

/// <summary>What the documents say is so.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public async Task Readme_CommandOfThePicture_FindsTheFlood()
    {
        var command = "detect samples/query.json --config samples/config.ini";
        Text("README.md").ShouldContain($"rb-aioutliers {command} --plot ");

        var run = await CommandRun.OfAsync([.. Process.ServiceFixture.Command, .. command.Split(' ')]);

        run.ExitCode.ShouldBe(ExitCode.AnomaliesFound, run.Error);
        run.Output.ShouldContain("2024-09-24 14:10");
        run.Output.ShouldContain("spike");
    }

    [Fact]
    public void Readme_Configuration_IsAccepted()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "config.ini");
        File.WriteAllText(file, IniBlock().Match(Text("README.md")).Groups["ini"].Value);

        var settings = SettingsReader.Read(file, testing: false, DetectorCatalog.Names);

        settings.DruidEndpoint.ShouldBe("http://broker:8082/druid/v2/");
        settings.Warnings.ShouldNotContain(warning => warning.Contains("not a known key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operations_MetricsTable_NamesWhatTheServiceCounts()
    {
        await using var service = await ServiceProcess.StartAsync(Process.ServiceFixture.Command);
        await Process.ServiceFixture.PostAsync(service, "/calculate", ("data", Process.Rows.Day(100)));
        await Process.ServiceFixture.PostAsync(service, "/calculate", ("data", "no JSON"));
        var counted = MetricType().Matches(await service.Client.GetStringAsync("/metrics")).Select(match => match.Groups["name"].Value);

        // Those of the store, of scheduler and worker stand there too.
        counted.ShouldBeSubsetOf(MetricName().Matches(Text("docs/operations.md")).SelectMany(match => match.Groups["name"].Captures).Select(name => name.Value));
    }

    private static string Text(string document) => File.ReadAllText(Path.Combine(Golden.Root, document));

    [GeneratedRegex("^```ini$(?<ini>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex IniBlock();

    [GeneratedRegex(@"^# TYPE (?<name>aioutliers_\w+)", RegexOptions.Multiline)]
    private static partial Regex MetricType();

    [GeneratedRegex(@"^\| `(?<name>aioutliers_\w+)`(, `(?<name>aioutliers_\w+)`)*", RegexOptions.Multiline)]
    private static partial Regex MetricName();
}
