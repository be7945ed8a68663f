using AiOutliers.Service.Cli;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>The commands of monitors and incidents, and a replay, over the sample data.</summary>
public sealed class MonitorCommandTests : IDisposable
{
    private const string Hook = """
        apiVersion: aioutliers/v1
        kind: Contact
        metadata: { name: noc }
        spec: { webhook: { url: "http://127.0.0.1:1/hook?token=s3cret" } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Documents_ArePlannedAppliedListedExportedAndDeleted()
    {
        var contact = Path.Combine(_folder.Path, "noc.yaml");
        await File.WriteAllTextAsync(contact, Hook);

        (await RunAsync(0, "monitors", "list")).ShouldStartWith("No monitors");
        (await RunAsync(0, "monitors", "validate", "samples/monitors")).ShouldStartWith("1 document can be used");
        (await RunAsync(0, "monitors", "plan", "samples/monitors")).ShouldContain("created    Monitor/sensors revision 1");
        File.Exists(Path.Combine(_folder.Path, "x.db")).ShouldBeFalse();
        (await RunAsync(0, "monitors", "apply", "samples/monitors", contact)).ShouldContain("created    Contact/noc");
        (await RunAsync(0, "monitors", "list")).ShouldContain("sensors");
        (await RunAsync(0, "monitors", "export")).ShouldNotContain("s3cret");
        (await RunAsync(1, "contacts", "test", "noc")).ShouldNotContain("s3cret");
        (await RunAsync(0, "storage", "migrate")).ShouldContain(", that of this program");
        var backfill = await RunAsync(0, "monitors", "backfill", "sensors", "2024-09-10", "2024-09-11T00:00Z");
        backfill.ShouldContain("1 window judged");
        backfill.ShouldContain("no alerts sent");
        (await RunAsync(0, "monitors", "delete", "sensors")).ShouldBe("sensors deleted\n");
        (await RunAsync(0, "storage", "info")).ShouldContain("alert_documents   1");
    }

    [Fact]
    public async Task Validate_WrongDocument_IsExitCodeTwoWithEachProblem()
    {
        var file = Path.Combine(_folder.Path, "wrong.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Path.Combine(Golden.Root, "samples/monitors/sensors.yaml")))
            .Replace("minSeverity", "minSevrity").Replace("every 5m", "often"));

        var output = await RunAsync(ExitCode.BadInput, "monitors", "validate", file);

        output.ShouldContain(":14: spec.schedule 'often' is not allowed");
        output.ShouldContain("spec.minSevrity is not a known key");
    }

    [Fact]
    public async Task ReadmesWalk_ReplayOfTheSamples_FindsTheFlood()
    {
        var walk = (await File.ReadAllTextAsync(Path.Combine(Golden.Root, "README.md"))).Split("## See an incident")[1].Split("```")[1]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        walk.Length.ShouldBe(2);
        walk[1].ShouldStartWith("rb-aioutliers incidents list --config samples/config.ini ");
        // Faster than a reader would, and in a folder of its own: a replay keeps what it finds in data/replay.db of the working folder.
        var arguments = walk[0].Replace("--speed 60", "--speed 600").Replace(" samples", $" {Golden.Root}/samples").Split(' ');
        arguments[..2].ShouldBe(["rb-aioutliers", "serve"]);
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, arguments: arguments[2..], folder: _folder.Path);
        var database = $"sqlite:{_folder.Path}/data/replay.db";

        var output = "";
        for (var i = 0; i < 60 && !output.Contains("spike", StringComparison.Ordinal); i++)
        {
            await Task.Delay(500);
            output = await RunOnAsync(0, database, "incidents", "list", "--state", "all");
        }

        output.ShouldContain("sensor_name=headquarters", Case.Sensitive, service.Log);
        var row = output.Split('\n').First(static line => line.Contains("spike"));
        row.ShouldContain("│ sensors ", Case.Sensitive, "which monitor found it");
        var id = row.Split('│')[1].Trim();
        (await RunOnAsync(0, database, "incidents", "verdict", id, "confirmed", "--note", "a flood")).ShouldContain("confirmed");
        (await RunOnAsync(0, database, "incidents", "show", id)).ShouldContain("confirmed: a flood");
        (await RunOnAsync(0, database, "incidents", "explain", id, "--dimensions", "dst_ip,protocol")).ShouldContain("dst_ip 10.1.2.3");
        (await RunOnAsync(2, database, "incidents", "explain", "nobody")).ShouldContain("incident 'nobody' not found");
    }

    private Task<string> RunAsync(int exitCode, params string[] arguments) => RunOnAsync(exitCode, $"sqlite:{_folder.Path}/x.db", arguments);

    private static async Task<string> RunOnAsync(int exitCode, string database, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(
            [.. ServiceFixture.Command, .. arguments],
            environment: new Dictionary<string, string>
            {
                ["Storage__database"] = database,
                ["Druid__druid_endpoint"] = $"duckdb:{Path.Combine(Golden.Root, "samples")}",
                ["Traffic__explain_data_source"] = "rb_flow_detail",
            });
        run.ExitCode.ShouldBe(exitCode, run.Error);
        return run.Output + run.Error;
    }
}
