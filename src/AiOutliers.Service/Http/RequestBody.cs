using AiOutliers.Detection;
using AiOutliers.Druid.Client;

namespace AiOutliers.Service.Http;

/// <summary>A request's whole body in one pooled buffer. Kestrel bounds its size and answers 413 beyond.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>A buffer to start with when the client does not announce the body's length.</summary>
    private const int UnknownLength = 64 * 1024;

    private byte[] _buffer;
    private int _length;

    private RequestBody(byte[] buffer) => _buffer = buffer;

    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var announced = (int)Math.Min(request.ContentLength ?? UnknownLength, int.MaxValue / 2);
        // One byte more than announced, so that the end is seen without growing.
        var body = new RequestBody(BodyBuffers.Rent(Math.Max(announced + 1, 256)));
        try
        {
            while (true)
            {
                if (body._length == body._buffer.Length)
                    body.Grow();
                var read = await request.Body.ReadAsync(body._buffer.AsMemory(body._length), cancellation);
                if (read == 0)
                    return body;
                body._length += read;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a form.</summary>
    /// <exception cref="AiOutliersException">The content type says that this is something else.</exception>
    public Memory<byte> FormBytes(HttpRequest request) => _length == 0 || request.HasFormContentType && !IsMultipart(request)
        ? _buffer.AsMemory(0, _length)
        : throw new AiOutliersException(ErrorKind.BadInput, "the request is no form; send Content-Type: application/x-www-form-urlencoded");

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    public void Dispose()
    {
        BodyBuffers.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private static bool IsMultipart(HttpRequest request) => request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    private void Grow()
    {
        var larger = BodyBuffers.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        BodyBuffers.Return(_buffer);
        _buffer = larger;
    }
}
