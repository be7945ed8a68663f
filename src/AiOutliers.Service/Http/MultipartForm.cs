using System.Text;
using AiOutliers.Detection;
using Microsoft.Net.Http.Headers;

namespace AiOutliers.Service.Http;

/// <summary>The fields of a <c>multipart/form-data</c> body, where they stand in it: nothing is copied.</summary>
internal static class MultipartForm
{
    private const int NotFound = -1;

    public static bool Is(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    /// <param name="contentType">Names the boundary between the fields.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="AiOutliersException">It has no boundary, or a field without an end.</exception>
    public static IEnumerable<(string Name, Memory<byte> Value)> Fields(string? contentType, Memory<byte> body)
    {
        var delimiter = Delimiter(contentType);
        var end = body.Span.StartsWith(delimiter.AsSpan(2)) ? -2 : body.Span.IndexOf(delimiter);
        while (end != NotFound)
        {
            body = body[(end + delimiter.Length)..];
            if (body.Span.StartsWith("--"u8))
                yield break;
            var head = body.Span.IndexOf("\r\n\r\n"u8);
            end = body.Span.IndexOf(delimiter);
            if (head < 0 || end < head + 2)
                break;
            if (NameOf(Encoding.UTF8.GetString(body.Span[..head])) is { } name && end >= head + 4)
                yield return (name, body[(head + 4)..end]);
        }
        throw Broken("it ends in the middle");
    }

    private static byte[] Delimiter(string? contentType)
    {
        var boundary = MediaTypeHeaderValue.TryParse(contentType, out var type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString()
            : "";
        return boundary.Length > 0 ? Encoding.UTF8.GetBytes("\r\n--" + boundary) : throw Broken("its Content-Type names no boundary");
    }

    private static string? NameOf(string head)
    {
        foreach (var line in head.Split("\r\n"))
        {
            const string Header = "Content-Disposition:";
            if (line.StartsWith(Header, StringComparison.OrdinalIgnoreCase)
                && ContentDispositionHeaderValue.TryParse(line[Header.Length..], out var disposition))
                return HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        }
        return null;
    }

    private static AiOutliersException Broken(string why) => new(ErrorKind.BadInput, $"the multipart form cannot be read: {why}");
}
