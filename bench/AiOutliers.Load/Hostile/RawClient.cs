using System.Net;
using System.Net.Sockets;

namespace AiOutliers.Load.Hostile;

/// <summary>A client that sends bytes as they are, from an address of its own, and reads what comes.</summary>
internal sealed class RawClient(Uri service, string address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly byte[] _buffer = new byte[1 << 20];
    private Socket? _socket;

    /// <summary>Sends a request that is whole, on a connection that is kept.</summary>
    /// <returns>Null when the connection ended without an answer.</returns>
    public async Task<RawAnswer?> AskAsync(byte[] request)
    {
        using var limit = new CancellationTokenSource(Patience);
        var isNew = _socket is null;
        try
        {
            _socket ??= await ConnectAsync(service, address);
            await SendAllAsync(_socket, request, limit.Token);
            var answer = await ReadOneAsync(_socket, limit.Token);
            if (answer is null && !isNew)
            {
                // The service may end a kept connection at any time; a new one gets an answer.
                Dispose();
                return await AskAsync(request);
            }
            if (answer is null or { Closes: true })
                Dispose();
            return answer;
        }
        catch (SocketException) when (!isNew)
        {
            Dispose();
            return await AskAsync(request);
        }
        catch (SocketException)
        {
            Dispose();
            return null;
        }
    }

    /// <summary>Sends bytes on a connection of their own, says that no more come, and reads to the end.</summary>
    /// <param name="bytes">One request or several, whole or not.</param>
    /// <param name="patience">How long nothing may come before it says so; null: it says so at once.</param>
    public async Task<byte[]> AskToTheEndAsync(byte[] bytes, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var socket = await ConnectAsync(service, address);
        var all = new MemoryStream();
        try
        {
            await SendAllAsync(socket, bytes, limit.Token);
            if (patience is { } quiet)
                await ReadUntilQuietAsync(socket, all, quiet);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(_buffer, limit.Token) is > 0 and var count)
                all.Write(_buffer, 0, count);
        }
        catch (SocketException)
        {
            // Closed in the middle of what nobody wants to read.
        }
        return all.ToArray();
    }

    public static async Task<Socket> ConnectAsync(Uri service, string address, int? receiveBuffer = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
            socket.ReceiveBufferSize = size;
        // Not from a port that the kernel keeps for the address alone: there are more connections than that.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        await socket.ConnectAsync(service.Host, service.Port);
        return socket;
    }

    public static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, cancellation)..];
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task ReadUntilQuietAsync(Socket socket, MemoryStream all, TimeSpan quiet)
    {
        try
        {
            while (true)
            {
                using var pause = new CancellationTokenSource(quiet);
                var count = await socket.ReceiveAsync(_buffer, pause.Token);
                if (count == 0)
                    return;
                all.Write(_buffer, 0, count);
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing more comes by itself.
        }
    }

    private async Task<RawAnswer?> ReadOneAsync(Socket socket, CancellationToken cancellation)
    {
        var all = new MemoryStream();
        while (await socket.ReceiveAsync(_buffer, cancellation) is > 0 and var count)
        {
            all.Write(_buffer, 0, count);
            if (RawAnswer.TryRead(all.GetBuffer().AsSpan(0, (int)all.Length), out _) is { } answer)
                return answer;
        }
        return null;
    }
}
