using System.Net;
using System.Text;
using AiOutliers.Models.Store;

namespace AiOutliers.Models.Tests.Store;

/// <summary>Speaks S3, but answers what no S3 server should.</summary>
internal sealed class WrongStore : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly int _port = Loopback.FreePort();

    public WrongStore()
    {
        _listener.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _listener.Start();
        _ = Task.Run(AnswerAllAsync);
    }

    public S3Settings Settings => new(new Uri($"http://127.0.0.1:{_port}"), "key", "secret", "us-east-1", "bucket") { Retries = 0 };

    /// <summary>By key.</summary>
    public Dictionary<string, (byte[] Content, string ETag)> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>What the listing says of each object's size more than it has.</summary>
    public int Missing { get; set; }

    public bool ListsForever { get; set; }

    /// <summary>Where objects are said to be now.</summary>
    public string? MovedTo { get; set; }

    public int Listings { get; private set; }

    /// <summary>As old servers do, which know no parts with signatures of their own.</summary>
    public bool TakesPlainBodiesOnly { get; set; }

    /// <summary>Requests that write.</summary>
    public int Puts { get; private set; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAllAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                if (context.Request.HttpMethod == "PUT")
                {
                    await TakeAsync(context);
                    continue;
                }
                var key = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath["/bucket/".Length..]);
                var (content, tag) = key.Length == 0 ? (Listing(), null) : Objects[key];
                if (tag is not null && MovedTo is { } place)
                    context.Response.Redirect(place);
                if (tag is not null)
                    context.Response.Headers["ETag"] = $"\"{tag}\"";
                context.Response.ContentLength64 = content.Length;
                await context.Response.OutputStream.WriteAsync(content);
                context.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The client went, or the test has ended.
            }
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        Puts++;
        using var content = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(content);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.ToArray()));
        var isPlain = context.Request.Headers["x-amz-content-sha256"] == hash && context.Request.Headers["Content-Encoding"] is null;
        context.Response.StatusCode = TakesPlainBodiesOnly && isPlain ? 200 : 501;
        context.Response.Close();
    }

    private byte[] Listing()
    {
        Listings++;
        var items = Objects.Select(item => $"""
            <Contents><Key>{item.Key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"{item.Value.ETag}"</ETag><Size>{item.Value.Content.Length + Missing}</Size></Contents>
            """);
        var more = ListsForever ? "<IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken>" : "<IsTruncated>false</IsTruncated>";
        return Encoding.UTF8.GetBytes(
            $"""<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name>{more}{string.Concat(items)}</ListBucketResult>""");
    }
}
