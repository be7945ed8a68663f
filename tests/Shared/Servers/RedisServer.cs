using System.Net.Sockets;
using System.Text;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>A Redis of its own, with its data in a passing folder and every write on disk, as a queue needs it.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly string[] _options;
    private ServerProcess _process = null!;

    private RedisServer(string[] options) => _options = options;

    public int Port { get; } = Loopback.FreePort();

    /// <summary>Where it listens behind TLS, when the options say so with {tls} for this port.</summary>
    public int TlsPort { get; } = Loopback.FreePort();

    public string Log => _process.Log;

    /// <param name="options">More options, as on Redis' command line.</param>
    public static async Task<RedisServer> StartAsync(params string[] options)
    {
        var server = new RedisServer(options);
        try
        {
            await server.StartAgainAsync();
        }
        catch
        {
            server._data.Dispose();
            throw;
        }
        return server;
    }

    /// <summary>Comes back with what it had.</summary>
    public Task StartAgainAsync() => StartAgainAsync(keepsData: true);

    /// <param name="keepsData">False: it has forgotten everything, as one without persistence.</param>
    public async Task StartAgainAsync(bool keepsData)
    {
        if (!keepsData)
        {
            foreach (var folder in Directory.GetDirectories(_data.Path))
                Directory.Delete(folder, recursive: true);
        }
        string[] fixedOptions =
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _data.Path, "--appendonly", "yes", "--appendfsync", "always", "--save", "",
        ];
        _process = await ServerProcess.Start(ServerBinary.Find("redis-server", _data), [.. fixedOptions, .. _options.Select(option => option == "{tls}" ? $"{TlsPort}" : option)]).UntilAsync(AnswersAsync);
    }

    public Task KillAsync() => _process.KillAsync();

    public Task<int> StopAsync() => _process.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Any answer will do but that it is loading: with a password it is that one is needed.</summary>
    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
        var answer = new byte[64];
        var length = await client.GetStream().ReadAsync(answer);
        return length > 0 && !Encoding.ASCII.GetString(answer, 0, length).Contains("LOADING", StringComparison.Ordinal);
    }
}
