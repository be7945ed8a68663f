using System.Net.Sockets;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>rsyslog, which takes messages over UDP and TCP and writes a line for each: facility, severity, program, message.</summary>
internal sealed class SyslogServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _process;

    public int Port { get; } = Loopback.FreePort();

    private string File => Path.Combine(_folder.Path, "messages");

    /// <summary>Skips the test, with the reason, where there is none.</summary>
    public static async Task<SyslogServer> StartAsync()
    {
        var server = new SyslogServer();
        try
        {
            var (config, folder) = (Path.Combine(server._folder.Path, "rsyslog.conf"), server._folder.Path);
            await System.IO.File.WriteAllTextAsync(config, $$"""
                global(workDirectory="{{folder}}" maxMessageSize="64k")
                module(load="imudp")
                module(load="imtcp")
                input(type="imudp" address="127.0.0.1" port="{{server.Port}}")
                input(type="imtcp" address="127.0.0.1" port="{{server.Port}}")
                template(name="line" type="string" string="%syslogfacility-text%.%syslogseverity-text% %app-name% %msg%\n")
                action(type="omfile" file="{{server.File}}" template="line")
                """);
            server._process = await ServerProcess.Start(
                ServerBinary.Find("rsyslogd", server._folder), ["-n", "-f", config, "-i", Path.Combine(folder, "pid")])
                .UntilAsync(server.AnswersAsync);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for so many lines.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(int count)
    {
        for (var i = 0; i < 200; i++)
        {
            if (System.IO.File.Exists(File) && await System.IO.File.ReadAllLinesAsync(File) is var lines && lines.Length >= count)
                return lines;
            await Task.Delay(50);
        }
        throw new TimeoutException($"rsyslog wrote no {count} lines:\n{_process!.Log}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        return true;
    }
}
