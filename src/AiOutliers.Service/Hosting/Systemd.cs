using System.Globalization;
using System.Net.Sockets;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Tells systemd (<c>Type=notify</c>) that the service is ready, and with <c>WatchdogSec</c> that it is alive: one datagram each to the
/// socket that <c>NOTIFY_SOCKET</c> names. Started otherwise it does nothing.
/// </summary>
internal sealed class Systemd : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly string? _path = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");

    private Systemd()
    {
    }

    /// <summary>Says that the service is ready, and from now on that it is alive, until disposed.</summary>
    public static Systemd Ready(TimeProvider time)
    {
        var systemd = new Systemd();
        systemd.Say("READY=1");
        if (systemd._path is not null && WatchdogPause() is { } pause)
            _ = systemd.WatchAsync(pause, time);
        return systemd;
    }

    public void Dispose()
    {
        Say("STOPPING=1");
        _ended.Cancel();
    }

    /// <summary>Half of the time after which systemd ends a service that says nothing; null when it does not watch.</summary>
    private static TimeSpan? WatchdogPause() =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit > 0
            ? TimeSpan.FromMicroseconds(limit / 2)
            : null;

    /// <summary>On the thread pool, as requests and jobs are: when its threads hang, so does this.</summary>
    private async Task WatchAsync(TimeSpan pause, TimeProvider time)
    {
        while (!_ended.IsCancellationRequested)
        {
            Say("WATCHDOG=1");
            await Task.Delay(pause, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Say(string state)
    {
        if (_path is null)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An @ stands for the zero of an address that is not in the file system.
            var path = _path[0] == '@' ? '\0' + _path[1..] : _path;
            socket.SendTo(System.Text.Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            // Who does not hear it ends the service, which then starts anew.
        }
    }
}
