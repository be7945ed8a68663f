using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// What one connection may hold, besides its body and its answer, which have budgets. A client that sends without reading fills all of it.
/// </summary>
internal static class ConnectionBuffers
{
    /// <summary>Received and not read yet; the server's own limit is 1 MB.</summary>
    private const int ReceivedBytes = 64 * 1024;

    /// <summary>
    /// In the system's buffers, each way; it takes twice as much. They would grow to 4 and 6 MB, which count as the service's memory.
    /// </summary>
    private const int SystemBytes = 128 * 1024;

    public static void Limit(SocketTransportOptions sockets)
    {
        sockets.MaxReadBufferSize = ReceivedBytes;
        sockets.CreateBoundListenSocket = Listener;
    }

    /// <summary>Connections inherit the sizes.</summary>
    private static Socket Listener(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        (socket.SendBufferSize, socket.ReceiveBufferSize) = (SystemBytes, SystemBytes);
        return socket;
    }
}
