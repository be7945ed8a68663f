using System.Diagnostics;
using System.Net.Sockets;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>A PostgreSQL of its own, with its data in a passing folder. It refuses to run as root, so there it runs as its package's user.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _process;

    public int Port { get; } = Loopback.FreePort();

    private string Data => Path.Combine(_folder.Path, "data");

    /// <summary>Skips the test, with the reason, where there is none.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        try
        {
            await server.InitializeAsync();
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username=aioutliers;Pooling=true";

    public async Task StartAgainAsync() => _process = await ServerProcess.Start(
        "/bin/sh",
        ["-c", AsUser($"exec '{Program("postgres")}' -D '{Data}' -p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off")])
        .UntilAsync(AnswersAsync);

    /// <summary>SIGTERM waits for connections; this ends it as a crash does.</summary>
    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.SignalAsync("INT");
            await _process.EndAsync();
            await _process.DisposeAsync();
        }
        _folder.Dispose();
    }

    private async Task InitializeAsync()
    {
        Assert.SkipWhen(Environment.UserName == "root" && !File.ReadLines("/etc/passwd").Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)),
            "PostgreSQL does not run as root, and there is no user postgres");
        var initialize = AsUser($"exec '{Program("initdb")}' -D '{Data}' -U aioutliers -A trust --no-sync --locale=C.UTF-8");
        if (Environment.UserName == "root")
            initialize = $"chown postgres '{_folder.Path}' && {initialize}";
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", initialize + " > /dev/null"]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"initdb failed: {error}");
    }

    private static string AsUser(string command) => Environment.UserName == "root"
        ? command.Replace("exec ", "exec setpriv --reuid=postgres --regid=postgres --clear-groups ")
        : command;

    /// <summary>Debian keeps them in a folder of their version.</summary>
    private string Program(string name) =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : []).Order(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin", name)).LastOrDefault(File.Exists) ?? ServerBinary.Find(name, _folder);

    /// <summary>A start packet of version 3: any answer but silence will do.</summary>
    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        var startup = "user\0aioutliers\0database\0postgres\0\0"u8.ToArray();
        await client.GetStream().WriteAsync((byte[])[0, 0, 0, (byte)(startup.Length + 8), 0, 3, 0, 0, .. startup]);
        var answer = new byte[1];
        // R: it asks for nothing; E: it is still starting.
        return await client.GetStream().ReadAsync(answer) == 1 && answer[0] == (byte)'R';
    }
}
