using System.Diagnostics;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Client;

/// <summary>
/// A real Druid, when there is one: in the folder that AIOUTLIERS_DRUID_HOME names, else in shared/druid beside the checkout or above. It is started in
/// a temporary folder, given the recorded example's data, and stopped.
/// </summary>
public sealed class DruidFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _work = new();
    private string? _home;

    /// <summary>Why there is no Druid; null when there is one.</summary>
    public string? Missing { get; private set; }

    public Uri Endpoint { get; private set; } = new("http://localhost/");

    public async ValueTask InitializeAsync()
    {
        _home = Environment.GetEnvironmentVariable("AIOUTLIERS_DRUID_HOME") ?? BesideTheCheckout();
        if (_home is null || !File.Exists(Path.Combine(_home, "start")))
            Missing = "no Druid: set AIOUTLIERS_DRUID_HOME to the folder that holds one";
        else if (!await SucceedsAsync("/bin/sh", "-c", "java -version 2>&1 | grep -q 'version \"17'"))
            Missing = "no Java 17 runtime, which Druid needs";
        if (Missing is not null || _home is null)
            return;
        if (!await SucceedsAsync(Path.Combine(_home, "start"), _work.Path))
            throw new InvalidOperationException("Druid did not start");
        var dimensions = Path.Combine(_home, "example", "dimensions.json");
        var metrics = Path.Combine(_home, "example", "metrics.json");
        if (!await SucceedsAsync(Path.Combine(_home, "ingest"), "-t", "timestamp", "-d", dimensions, "-m", metrics, _work.Path, Golden.Path("druid/data/flows.json.gz"), "flows"))
            throw new InvalidOperationException("Druid did not take the data");
        Endpoint = new Uri(File.ReadAllText(Path.Combine(_work.Path, "broker_url")).Trim() + "/druid/v2/");
    }

    public async ValueTask DisposeAsync()
    {
        if (Missing is null && _home is not null)
            await SucceedsAsync(Path.Combine(_home, "stop"), _work.Path);
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
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]))!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
