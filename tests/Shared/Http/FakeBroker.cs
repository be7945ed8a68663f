using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Tests.Shared.Http;

/// <summary>A server on a free port that answers every request as it is told.</summary>
internal sealed class FakeBroker : IAsyncDisposable
{
    private readonly WebApplication _server;
    private int _requests;

    private FakeBroker(WebApplication server) => _server = server;

    public Uri Endpoint => new(_server.Urls.Single().TrimEnd('/') + "/druid/v2/");

    public int Requests => _requests;

    /// <param name="answer">Gets the request's number, from 1.</param>
    /// <param name="authority">Whose certificate it shows; null: it speaks plain HTTP.</param>
    public static async Task<FakeBroker> StartAsync(Func<HttpContext, int, Task> answer, TestAuthority? authority = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            if (authority is not null)
                listener.UseHttps(authority.Certificate());
        }));
        var broker = new FakeBroker(builder.Build());
        broker._server.Run(context => answer(context, Interlocked.Increment(ref broker._requests)));
        await broker._server.StartAsync();
        return broker;
    }

    public static Task<FakeBroker> StartAsync(int status, string? contentType, byte[] body) => StartAsync(async (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(body);
    });

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _server.StopAsync(soon.Token);
        await _server.DisposeAsync();
    }
}
