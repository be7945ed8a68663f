using System.Text.Json;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>Prometheus' Alertmanager, of Debian's package prometheus-alertmanager.</summary>
internal sealed class AlertmanagerServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _process;

    public string Address { get; } = $"http://127.0.0.1:{Loopback.FreePort()}";

    /// <summary>Skips the test, with the reason, where there is none.</summary>
    public static async Task<AlertmanagerServer> StartAsync()
    {
        var server = new AlertmanagerServer();
        try
        {
            var config = Path.Combine(server._folder.Path, "config.yml");
            await File.WriteAllTextAsync(config, "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
            server._process = await ServerProcess.Start(ServerBinary.Find("prometheus-alertmanager", server._folder),
            [
                $"--config.file={config}", $"--storage.path={server._folder.Path}", "--cluster.listen-address=",
                $"--web.listen-address={server.Address["http://".Length..]}",
            ]).AnsweringAsync(server.Address + "/-/ready");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The alerts that are not resolved.</summary>
    public async Task<IReadOnlyList<JsonElement>> AlertsAsync()
    {
        using var http = new HttpClient();
        return [.. JsonElement.Parse(await http.GetStringAsync(Address + "/api/v2/alerts")).EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }
}
