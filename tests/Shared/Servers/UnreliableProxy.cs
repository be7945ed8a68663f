using System.Net;
using System.Net.Sockets;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>A TCP proxy in front of a server that can be made to misbehave.</summary>
internal sealed class UnreliableProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly CancellationTokenSource _ended = new();
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _cut = int.MaxValue;
    private volatile bool _stalled;

    public UnreliableProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    public int Port { get; }

    public Uri Endpoint => new($"http://127.0.0.1:{Port}");

    /// <summary>Each connection ends after so many bytes of answers; <see cref="int.MaxValue"/> never.</summary>
    public int CutAfter
    {
        get => Volatile.Read(ref _cut);
        set => Volatile.Write(ref _cut, value);
    }

    /// <summary>Takes connections and requests, and answers nothing.</summary>
    public bool Stalled
    {
        get => _stalled;
        set => _stalled = value;
    }

    /// <summary>Refuses connections, as a server that is down.</summary>
    public void Close() => _listener.Stop();

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = RelayAsync(await listener.AcceptTcpClientAsync(_ended.Token));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                var up = client.GetStream().CopyToAsync(server.GetStream(), _ended.Token);
                await Task.WhenAny(up, DownAsync(server.GetStream(), client.GetStream()));
                client.Client.LingerState = new LingerOption(true, 0);
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One side is gone; so is the other now.
            }
        }
    }

    private async Task DownAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[4096];
        for (var sent = 0; sent < CutAfter;)
        {
            var length = await from.ReadAsync(buffer, _ended.Token);
            while (Stalled)
                await Task.Delay(20, _ended.Token);
            if (length == 0)
                return;
            length = Math.Min(length, CutAfter - sent);
            await to.WriteAsync(buffer.AsMemory(0, length), _ended.Token);
            sent += length;
        }
    }
}
