using System.ComponentModel;
using System.Diagnostics;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>
/// A real Druid with its data in a passing folder, where there is one: in the folder that AIOUTLIERS_DRUID_HOME names, else in shared/druid
/// beside the checkout or above.
/// </summary>
internal sealed class DruidServer : IAsyncDisposable
{
    private readonly TemporaryFolder _work = new();
    private readonly string _home;

    private DruidServer(string home) => _home = home;

    /// <summary>The broker's address for native queries.</summary>
    public Uri Endpoint { get; private set; } = new("http://localhost/");

    /// <summary>Its data and its log.</summary>
    public string Folder => _work.Path;

    /// <summary>Where one is, or why there is none.</summary>
    public static async Task<(string? Home, string? Missing)> FindAsync()
    {
        var home = Environment.GetEnvironmentVariable("AIOUTLIERS_DRUID_HOME") ?? BesideTheCheckout();
        if (home is null || !File.Exists(Path.Combine(home, "start")))
            return (null, "no Druid: set AIOUTLIERS_DRUID_HOME to the folder that holds one");
        return await SucceedsAsync("/bin/sh", "-c", "java -version 2>&1 | grep -q 'version \"17'")
            ? (home, null)
            : (null, "no Java 17 runtime, which Druid needs");
    }

    public static async Task<DruidServer> StartAsync(string home)
    {
        var server = new DruidServer(home);
        if (!await SucceedsAsync(Path.Combine(home, "start"), server.Folder))
            throw new InvalidOperationException("Druid did not start");
        server.Endpoint = new Uri(File.ReadAllText(Path.Combine(server.Folder, "broker_url")).Trim() + "/druid/v2/");
        return server;
    }

    /// <summary>Loads rows, and returns when all of them can be queried.</summary>
    /// <param name="file">Lines of JSON, packed.</param>
    /// <param name="dataSource">What they become.</param>
    /// <param name="time">The column of the time.</param>
    /// <param name="dimensions">A file with the specification of the dimensions.</param>
    /// <param name="metrics">A file with the specification of the metrics.</param>
    public async Task IngestAsync(string file, string dataSource, string time, string dimensions, string metrics)
    {
        string[] columns = ["-t", time, "-d", dimensions, "-m", metrics];
        if (!await SucceedsAsync(Path.Combine(_home, "ingest"), [.. columns, Folder, file, dataSource]))
            throw new InvalidOperationException($"Druid did not take {file}");
    }

    /// <summary>The example's flows, as the recorded answers have them.</summary>
    public Task IngestExampleAsync() => IngestAsync(
        Golden.Path("druid/data/flows.json.gz"), "flows", "timestamp",
        Path.Combine(_home, "example", "dimensions.json"), Path.Combine(_home, "example", "metrics.json"));

    public async ValueTask DisposeAsync()
    {
        await SucceedsAsync(Path.Combine(_home, "stop"), Folder);
        _work.Dispose();
    }

    private static string? BesideTheCheckout()
    {
        for (var folder = new DirectoryInfo(Golden.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var druid = Path.Combine(folder.FullName, "shared", "druid");
            if (File.Exists(Path.Combine(druid, "start")))
                return druid;
        }
        return null;
    }

    private static async Task<bool> SucceedsAsync(string program, params string[] arguments)
    {
        try
        {
            // Output goes nowhere: the server that is started keeps what it inherits, and a pipe would never end.
            string[] shell = ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments];
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", shell))!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
