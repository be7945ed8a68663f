using System.Net;
using AiOutliers.Druid.Budgets;
using AiOutliers.Service.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AiOutliers.Service.Hosting;

/// <summary>Bounds the connections, those of one address too, and how long one may say nothing before its first byte.</summary>
internal static class ConnectionLimits
{
    /// <summary>A client that connects has something to ask; afterwards the server's longer limit between requests counts.</summary>
    private static readonly TimeSpan FirstByte = TimeSpan.FromSeconds(10);

    /// <param name="listener">Where clients connect.</param>
    /// <param name="connections">How many may be open.</param>
    public static void Limit(this ListenOptions listener, Budget connections) => listener.Use(next => async connection =>
    {
        var client = ClientAddress.Of((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (!connections.TryTake(1, client))
        {
            connection.Abort();
            return;
        }
        try
        {
            if (await SaysSomethingAsync(connection, connections.Time))
                await next(connection);
            else
                connection.Abort();
        }
        finally
        {
            connections.Return(1, client);
        }
    });

    /// <summary>The bytes stay for the server to read.</summary>
    private static async Task<bool> SaysSomethingAsync(ConnectionContext connection, TimeProvider time)
    {
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var limit = new CancellationTokenSource(FirstByte, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(closing, connection.ConnectionClosed, limit.Token);
        try
        {
            var read = await connection.Transport.Input.ReadAsync(end.Token);
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            return !read.Buffer.IsEmpty;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // Too late, or gone before it said anything.
            return false;
        }
    }
}
