using AiOutliers.Tests.Shared;

namespace AiOutliers.Cluster.Tests.Servers;

/// <summary>A Consul agent in development mode: all it knows is in memory and gone when it ends.</summary>
internal sealed class ConsulAgent : IAsyncDisposable
{
    private readonly TemporaryFolder _work = new();
    private readonly int _port = Loopback.FreePort();
    private ServerProcess? _process;

    public Uri Endpoint => new($"http://127.0.0.1:{_port}/");

    public async Task StartAsync()
    {
        var program = ServerBinary.Find("consul", _work);
        _process = await ServerProcess.Start(
            program,
            [
                "agent", "-dev", "-node", "test", "-log-level", "warn", "-bind", "127.0.0.1", "-client", "127.0.0.1", "-http-port", $"{_port}",
                "-server-port", $"{Loopback.FreePort()}", "-serf-lan-port", $"{Loopback.FreePort()}", "-serf-wan-port", "-1", "-dns-port", "-1", "-grpc-port", "-1", "-https-port", "-1",
                "-hcl", "disable_update_check = true ui_config { enabled = false }",
            ],
            new Dictionary<string, string> { ["CHECKPOINT_DISABLE"] = "1" })
            .UntilAsync(async () =>
            {
                using var http = new HttpClient();
                return (await http.GetStringAsync($"{Endpoint}v1/health/service/consul?passing")).Contains("\"test\"", StringComparison.Ordinal);
            });
    }

    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _work.Dispose();
    }
}
