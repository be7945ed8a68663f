using AiOutliers.Detection;
using AiOutliers.Druid.Budgets;
using AiOutliers.Druid.Client;
using Microsoft.AspNetCore.Http.Features;

namespace AiOutliers.Service.Http;

/// <summary>
/// A request's whole body in one pooled buffer. Kestrel bounds its size and answers 413 beyond; all bodies together are bounded here (503).
/// </summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>
    /// The buffer to start with. What is only announced gets no more: else some hundred clients that announce a body and
    /// send nothing shut the others out.
    /// </summary>
    private const int First = 64 * 1024;

    /// <summary>
    /// The server's own limit is a rate, on the average: a client that sends most of a body at once could hold it for hours.
    /// </summary>
    private static readonly TimeSpan LongestArrival = TimeSpan.FromSeconds(60);

    private const int Unsupported = StatusCodes.Status415UnsupportedMediaType;

    /// <summary>A body that is unpacked could have any size. Words that are not here are mistaken ones, such as utf-8.</summary>
    private static readonly string[] Compressions = ["gzip", "deflate", "br", "zstd", "compress", "x-gzip"];

    private readonly Budget _bytes;
    private readonly string? _client;
    private byte[] _buffer = [];
    private int _length;

    private RequestBody(Budget bytes, string? client) => (_bytes, _client) = (bytes, client);

    /// <param name="request">The request.</param>
    /// <param name="bytes">What the buffers of all requests may take.</param>
    /// <param name="cancellation">The client went away.</param>
    /// <param name="longest">How long the body may take to arrive; null takes the usual limit.</param>
    /// <exception cref="BadHttpRequestException">The body is cut off or malformed, comes too slowly, or too many come at once.</exception>
    public static async ValueTask<RequestBody> ReadAsync(
        HttpRequest request, Budget bytes, CancellationToken cancellation, TimeSpan? longest = null)
    {
        if (CompressionOf(request) is { } coding)
            throw new BadHttpRequestException($"a body with Content-Encoding {coding} is not read; send it as it is", Unsupported);
        // One byte more than announced, so that the end is seen without growing.
        var whole = (int)Math.Min(request.ContentLength ?? First - 1, int.MaxValue / 2) + 1;
        // The server ends a body that is longer than it accepts; to make room for more would ask for twice as much.
        var most = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? int.MaxValue / 2;
        var body = new RequestBody(bytes, ClientAddress.Of(request.HttpContext.Connection.RemoteIpAddress));
        using var limit = new CancellationTokenSource(longest ?? LongestArrival, bytes.Time);
        using var expiry = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            body.GrowTo(Math.Clamp(whole, 256, First));
            while (true)
            {
                if (body._length == body._buffer.Length)
                    body.GrowTo(whole > body._length ? Math.Min(whole, body._length * 4) : body.Doubled(most));
                var read = await request.Body.ReadAsync(body._buffer.AsMemory(body._length), expiry.Token);
                if (read == 0)
                    return body;
                body._length += read;
            }
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested
            && error is OperationCanceledException or IOException and not BadHttpRequestException)
        {
            body.Dispose();
            throw error is OperationCanceledException
                ? new BadHttpRequestException("the body took too long to arrive", StatusCodes.Status408RequestTimeout, error)
                : new BadHttpRequestException(error.Message, error);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a form.</summary>
    /// <exception cref="AiOutliersException">The content type says that this is something else.</exception>
    public Memory<byte> FormBytes(HttpRequest request) => _length == 0 || request.HasFormContentType && !MultipartForm.Is(request)
        ? _buffer.AsMemory(0, _length)
        : throw new AiOutliersException(ErrorKind.BadInput,
            "the request is not a form; send Content-Type: application/x-www-form-urlencoded");

    /// <summary>The fields of a form that comes in parts.</summary>
    /// <exception cref="AiOutliersException">It is broken.</exception>
    public IEnumerable<(string Name, Memory<byte> Value)> Parts(HttpRequest request) =>
        MultipartForm.Fields(request.ContentType, _buffer.AsMemory(0, _length));

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>For the framework's own reader of forms.</summary>
    public Stream AsStream() => new MemoryStream(_buffer, 0, _length, writable: false);

    public void Dispose()
    {
        if (_buffer.Length > 0)
            _bytes.Return(_buffer.Length, _client);
        BodyBuffers.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private static string? CompressionOf(HttpRequest request) => request.Headers.ContentEncoding.ToString()
        .Split(',', StringSplitOptions.TrimEntries)
        .FirstOrDefault(static coding => Compressions.Contains(coding, StringComparer.OrdinalIgnoreCase));

    private int Doubled(long limit) => (int)Math.Max(_length + 1, Math.Min(_length * 2L, limit + 1));

    private void GrowTo(int size)
    {
        var larger = BodyBuffers.Rent(size);
        // The buffer that this one takes the place of is given back right away, and so is not counted.
        if (!_bytes.TryTake(larger.Length - _buffer.Length, _client))
        {
            BodyBuffers.Return(larger);
            throw new BadHttpRequestException("too many bodies arrive at once", StatusCodes.Status503ServiceUnavailable);
        }
        var length = _length;
        _buffer.AsSpan(0, length).CopyTo(larger);
        BodyBuffers.Return(_buffer);
        (_buffer, _length) = (larger, length);
    }
}
