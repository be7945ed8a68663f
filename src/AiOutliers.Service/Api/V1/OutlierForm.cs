using System.Buffers;
using System.Buffers.Text;
using AiOutliers.Detection;

namespace AiOutliers.Service.Api.V1;

/// <summary>
/// The form of <c>/calculate</c> and <c>/api/v1/outliers</c>: fields <c>query</c>, <c>data</c> and <c>model</c>, each base64. Decoded in
/// place in the body's own buffer, so that a body of 700 kB is never copied. The spans live as long as that buffer.
/// </summary>
internal readonly struct OutlierForm
{
    private OutlierForm(ReadOnlyMemory<byte>? query, ReadOnlyMemory<byte>? data, ReadOnlyMemory<byte>? model) =>
        (Query, Data, Model) = (query, data, model);

    /// <summary>A Druid native query, JSON; null when the field is missing or empty.</summary>
    public ReadOnlyMemory<byte>? Query { get; }

    /// <summary>A Druid response, JSON; null when the field is missing or empty.</summary>
    public ReadOnlyMemory<byte>? Data { get; }

    /// <summary>A model's name; null when the field is missing or empty.</summary>
    public ReadOnlyMemory<byte>? Model { get; }

    /// <param name="body">The body, <c>application/x-www-form-urlencoded</c>; overwritten.</param>
    /// <exception cref="AiOutliersException">A field is not base64.</exception>
    public static OutlierForm DecodeInPlace(Memory<byte> body)
    {
        ReadOnlyMemory<byte>? query = null, data = null, model = null;
        while (!body.IsEmpty)
        {
            var end = body.Span.IndexOf((byte)'&');
            var field = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            var equals = field.Span.IndexOf((byte)'=');
            if (equals < 0 || equals == field.Length - 1)
                continue;
            var name = field.Span[..equals];
            var value = field[(equals + 1)..];
            if (name.SequenceEqual("query"u8))
                query = Base64InPlace("query", value);
            else if (name.SequenceEqual("data"u8))
                data = Base64InPlace("data", value);
            else if (name.SequenceEqual("model"u8))
                model = Base64InPlace("model", value);
        }
        return new(query, data, model);
    }

    /// <param name="fields">Those of a <c>multipart/form-data</c> body; overwritten.</param>
    /// <exception cref="AiOutliersException">A field is not base64.</exception>
    public static OutlierForm DecodeInPlace(IEnumerable<(string Name, Memory<byte> Value)> fields)
    {
        ReadOnlyMemory<byte>? query = null, data = null, model = null;
        foreach (var (name, value) in fields)
        {
            switch (name)
            {
                case "query": query = Base64InPlace(name, value); break;
                case "data": data = Base64InPlace(name, value); break;
                case "model": model = Base64InPlace(name, value); break;
            }
        }
        return new(query, data, model);
    }

    private static ReadOnlyMemory<byte>? Base64InPlace(string field, Memory<byte> value)
    {
        var text = WithoutLineBreaks(value.Span[..UrlDecodeInPlace(value.Span)]);
        // Some encoders leave the closing '=' away: the last two or three characters are then decoded on their own.
        var unpadded = text.Length % 4 >= 2 ? text.Length % 4 : 0;
        Span<byte> tail = [(byte)'=', (byte)'=', (byte)'=', (byte)'='];
        text[^unpadded..].CopyTo(tail);
        var status = DecodeInPlace(text[..^unpadded], out var written);
        if (status == OperationStatus.Done && unpadded > 0)
        {
            status = Base64.DecodeFromUtf8InPlace(tail, out var more);
            tail[..more].CopyTo(value.Span[written..]);
            written += more;
        }
        if (status != OperationStatus.Done)
            throw new AiOutliersException(ErrorKind.BadInput,
                $"the field '{field}' is not valid base64; encode its JSON as base64 and then for a form");
        return written == 0 ? null : value[..written];
    }

    /// <summary>
    /// As <see cref="Base64.DecodeFromUtf8InPlace"/>, through a small buffer: only decoding into another place uses
    /// vectors, and is five times as fast.
    /// </summary>
    private static OperationStatus DecodeInPlace(Span<byte> text, out int written)
    {
        const int Chunk = 4096;
        Span<byte> decoded = stackalloc byte[Chunk / 4 * 3];
        (var read, written) = (0, 0);
        while (text.Length - read > Chunk)
        {
            if (Base64.DecodeFromUtf8(text.Slice(read, Chunk), decoded, out _, out var bytes, isFinalBlock: false) != OperationStatus.Done
                || bytes < decoded.Length)
                return OperationStatus.InvalidData;
            decoded.CopyTo(text[written..]);
            (read, written) = (read + Chunk, written + bytes);
        }
        var status = Base64.DecodeFromUtf8InPlace(text[read..], out var last);
        text.Slice(read, last).CopyTo(text[written..]);
        written += last;
        return status;
    }

    /// <summary>The command <c>base64</c> breaks its lines.</summary>
    private static Span<byte> WithoutLineBreaks(Span<byte> text)
    {
        if (text.IndexOfAny((byte)'\r', (byte)'\n') < 0)
            return text;
        var length = 0;
        foreach (var character in text)
        {
            if (character is not ((byte)'\r' or (byte)'\n'))
                text[length++] = character;
        }
        return text[..length];
    }

    /// <summary>Percent-decodes in place. A plus stays one: base64 uses it, and clients that forget to escape it mean just that.</summary>
    private static int UrlDecodeInPlace(Span<byte> text)
    {
        var (read, write) = (0, 0);
        while (true)
        {
            var next = text[read..].IndexOf((byte)'%');
            var plain = next < 0 ? text.Length - read : next;
            if (write != read)
                text.Slice(read, plain).CopyTo(text[write..]);
            (read, write) = (read + plain, write + plain);
            if (next < 0)
                return write;
            if (read + 2 < text.Length && Utf8Parser.TryParse(text.Slice(read + 1, 2), out byte decoded, out var used, 'x') && used == 2)
                (text[write++], read) = (decoded, read + 3);
            else
                text[write++] = text[read++];
        }
    }
}
