using System.IO.Compression;

namespace AiOutliers.Service.Console;

/// <summary>An answer that is written at once and sent compressed where the browser takes it.</summary>
/// <param name="type">The media type.</param>
/// <param name="write">Writes the answer; may close the stream.</param>
internal sealed class Compressed(string type, Action<Stream> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var whole = new MemoryStream();
        write(whole);
        var bytes = whole.ToArray();
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = type;
        response.Headers.Vary = "Accept-Encoding, Cookie";
        if (!httpContext.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            response.ContentLength = bytes.Length;
            await response.Body.WriteAsync(bytes, cancellation);
            return;
        }
        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync(bytes, cancellation);
    }
}
