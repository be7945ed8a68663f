using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AiOutliers.Monitoring.Tests.Alerts;

/// <summary>An HTTP server that keeps what it is sent, and answers what it is told to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _server;

    private Receiver(WebApplication server) => _server = server;

    public ConcurrentQueue<(string Path, string Body, Dictionary<string, string> Headers)> Requests { get; } = new();

    public int Status { get; set; } = 200;

    /// <summary>Cuts connections off without an answer.</summary>
    public bool CutsOff { get; set; }

    /// <summary>Takes messages, and cuts the connection off instead of answering.</summary>
    public bool CutsOffAfter { get; set; }

    /// <summary>Answers repeat what they were asked for, as those of many servers do.</summary>
    public bool Repeats { get; set; }

    public string Address => _server.Urls.First();

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._server.Run(receiver.AnswerAsync);
        await receiver._server.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (CutsOff)
        {
            context.Abort();
            return;
        }
        if (Status < 300)
            Requests.Enqueue((context.Request.Path, body, context.Request.Headers.ToDictionary(static one => one.Key, static one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (CutsOffAfter)
            context.Abort();
        if (Status is >= 300 and < 400)
            context.Response.Headers.Location = Address + "/elsewhere";
        context.Response.StatusCode = Status;
        if (Repeats)
            await context.Response.WriteAsync($"Cannot {context.Request.Method} {context.Request.GetEncodedUrl()} with {body}");
    }
}
