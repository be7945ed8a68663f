using System.Text.Json;

namespace AiOutliers.Service.Api.V2;

/// <summary>
/// The members of a request's body. The large ones, a query and rows, stay bytes of the body; only the small ones become values.
/// </summary>
internal static class TopMembers
{
    private const int Deepest = 64;

    /// <summary>What is neither rows nor a query is short.</summary>
    private const int LongestMember = 1024 * 1024;

    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="raw">Members that stay bytes.</param>
    /// <exception cref="RequestException">It is not a JSON object.</exception>
    public static (Dictionary<string, JsonElement> Values, Dictionary<string, ReadOnlyMemory<byte>> Raw) Read(
        ReadOnlyMemory<byte> body, params ReadOnlySpan<string> raw)
    {
        if (body.IsEmpty)
            throw new RequestException("", "is empty; it takes a JSON object");
        var (values, bytes) = (new Dictionary<string, JsonElement>(StringComparer.Ordinal), new Dictionary<string, ReadOnlyMemory<byte>>());
        try
        {
            var json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = Deepest });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                throw new RequestException("", "is not a JSON object");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                json.Read();
                var start = (int)json.TokenStartIndex;
                json.Skip();
                var text = body[start..(int)json.BytesConsumed];
                if (!raw.Contains(name))
                    values[name] = Value(name, text);
                else if (!text.Span.SequenceEqual("null"u8))
                    bytes[name] = text;
            }
            json.Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new RequestException("", $"is not valid JSON: {error.Message}");
        }
        return (values, bytes);
    }

    private static JsonElement Value(string name, ReadOnlyMemory<byte> text)
    {
        if (text.Length > LongestMember)
            throw new RequestException($"/{name}", "is too long");
        CheckTexts(text.Span);
        return JsonElement.Parse(text.Span);
    }

    /// <summary>Broken UTF-8 and half of a surrogate pair pass as JSON and fail later, wherever the text is wanted.</summary>
    /// <exception cref="InvalidOperationException">There is such a text.</exception>
    private static void CheckTexts(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Deepest });
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                json.GetString();
        }
    }
}
