using System.Diagnostics;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Benchmarks.History;

/// <summary>
/// A real Druid with the sample data, when there is one: in the folder that AIOUTLIERS_DRUID_HOME names, else in ../shared/druid beside the
/// checkout. It starts when it is first wanted, in a temporary folder, and stops with the program.
/// </summary>
internal sealed class RealDruid : IAsyncDisposable
{
    private const string DataSource = "rb_flow";
    private const string IngestSeconds = "600";
    private const string Dimensions = """["sensor_name"]""";
    private const string Metrics = """
        [{"type":"longSum","name":"sum_bytes","fieldName":"sum_bytes"},{"type":"longSum","name":"sum_pkts","fieldName":"sum_pkts"},
         {"type":"longSum","name":"events","fieldName":"events"},{"type":"hyperUnique","name":"clients","fieldName":"ips"}]
        """;

    private readonly string _home =
        Environment.GetEnvironmentVariable("AIOUTLIERS_DRUID_HOME") ?? Path.Combine(Golden.Root, "..", "shared", "druid");

    private DirectoryInfo? _work;
    private Uri? _endpoint;

    /// <summary>Why there is none; null where there is one.</summary>
    public string? Missing => File.Exists(Path.Combine(_home, "start")) ? null : "skipped: no Druid where AIOUTLIERS_DRUID_HOME says";

    /// <summary>The broker's address for native queries.</summary>
    public async Task<Uri> EndpointAsync() => _endpoint ??= await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_work is null)
            return;
        await RunAsync("stop", Path.Combine(_work.FullName, "druid"));
        _work.Delete(recursive: true);
    }

    private async Task<Uri> StartAsync()
    {
        _work = Directory.CreateTempSubdirectory("aioutliers-druid-");
        string At(string name) => Path.Combine(_work.FullName, name);
        var work = At("druid");
        Console.WriteLine("Druid starts and takes the sample data.");
        SampleRows.Write(At("rb_flow.json.gz"));
        await File.WriteAllTextAsync(At("dimensions.json"), Dimensions);
        await File.WriteAllTextAsync(At("metrics.json"), Metrics);
        await RunAsync("start", work);
        string[] columns = ["-t", "ts", "-d", At("dimensions.json"), "-m", At("metrics.json")];
        await RunAsync("ingest", [.. columns, "-w", IngestSeconds, work, At("rb_flow.json.gz"), DataSource]);
        return new((await File.ReadAllTextAsync(Path.Combine(work, "broker_url"))).Trim() + "/druid/v2/");
    }

    /// <summary>Output goes to a file: the server that is started keeps what it inherits, and a pipe would never end.</summary>
    private async Task RunAsync(string script, params string[] arguments)
    {
        var log = Path.Combine(_work!.FullName, script + ".log");
        var program = Path.Combine(_home, script);
        string[] shell = ["-c", $"exec \"$0\" \"$@\" >'{log}' 2>&1 </dev/null", program, .. arguments];
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", shell))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"Druid's {script} failed:\n{await File.ReadAllTextAsync(log)}");
    }
}
