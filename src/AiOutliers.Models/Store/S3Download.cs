using System.Buffers;
using System.Net;
using System.Text;
using AiOutliers.Detection;
using Amazon.Runtime;
using Amazon.S3;

namespace AiOutliers.Models.Store;

/// <summary>
/// Fetches objects by plain requests. A new executor fetches thousands of small ones, and the S3 client takes most of a millisecond of the
/// processor for each.
/// </summary>
/// <param name="settings">The server and its bucket.</param>
/// <param name="time">The clock of the signatures.</param>
internal sealed class S3Download(S3Settings settings, TimeProvider time) : IDisposable
{
    private const string TagHeader = S3ObjectStore.TagHeader;

    /// <summary>What a server says about a request that it refuses.</summary>
    private const int LongestRefusal = 4096;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly S3Signature _signature = new(settings, time);

    // A redirect would lead the request to an address that nobody configured.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Writes the object's content into a file.</summary>
    /// <returns>Its tag; null when it has none.</returns>
    /// <exception cref="AmazonS3Exception">The server refused.</exception>
    public async Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation)
    {
        using var request = _signature.Get(item.Key);
        if (item.ETag.Length > 0)
            request.Headers.TryAddWithoutValidation("If-Match", item.ETag);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var content = await response.Content.ReadAsStreamAsync(cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            throw await RefusalAsync(response.StatusCode, content, cancellation);
        using var target = new LocalFile(file);
        await CopyAsync(content, target, item, cancellation);
        return response.Headers.TryGetValues(TagHeader, out var tags) ? tags.First() : null;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// As many bytes as the listing said: connections that are cut do not all end in an exception, and a wrong server might never stop.
    /// </summary>
    private static async Task CopyAsync(Stream content, LocalFile target, StoredObject item, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is var count and > 0)
            {
                if (target.Length + count > item.Size)
                    throw new AiOutliersException(ErrorKind.UnusableModel,
                        $"'{item.Key}' has more bytes than the {item.Size} that its listing says");
                target.Write(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (target.Length != item.Size)
            throw new IOException($"{target.Length} of {item.Size} bytes arrived");
    }

    private static async Task<AmazonS3Exception> RefusalAsync(HttpStatusCode status, Stream content, CancellationToken cancellation)
    {
        var buffer = new byte[LongestRefusal];
        var count = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return new("refused", ErrorType.Unknown, CodeIn(Encoding.UTF8.GetString(buffer, 0, count)), null, status);
    }

    /// <summary>The server's word for it, which people read; empty when it is not one word.</summary>
    private static string CodeIn(string xml)
    {
        const string Start = "<Code>", End = "</Code>";
        var from = xml.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var length = from < Start.Length ? -1 : xml.AsSpan(from).IndexOf(End);
        return length > 0 && !xml.AsSpan(from, length).ContainsAnyExcept(Letters) ? xml.Substring(from, length) : "";
    }
}
