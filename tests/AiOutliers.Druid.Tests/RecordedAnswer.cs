using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests;

/// <summary>A request to a real Druid and what it answered.</summary>
internal sealed record RecordedAnswer(string Name, int Status, string Method, byte[] Request, string? ContentType, byte[] Body)
{
    public static IEnumerable<RecordedAnswer> All() =>
        Directory.EnumerateFiles(Golden.Path("druid/answers"), "*.json").Order(StringComparer.Ordinal).Select(Read);

    public static RecordedAnswer Named(string name) => Read(Golden.Path($"druid/answers/{name}.json"));

    /// <summary>The native query, when the request is one.</summary>
    public string? QueryType
    {
        get
        {
            try
            {
                using var query = JsonDocument.Parse(Request);
                return query.RootElement.ValueKind == JsonValueKind.Object && query.RootElement.TryGetProperty("queryType", out var type) ? type.GetString() : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private static RecordedAnswer Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = json.RootElement;
        var request = root.GetProperty("request");
        var body = root.GetProperty("body");
        return new(
            Path.GetFileNameWithoutExtension(file),
            root.GetProperty("status").GetInt32(),
            request.GetProperty("method").GetString()!,
            request.TryGetProperty("body", out var sent) ? Bytes(sent) : [],
            root.GetProperty("headers").EnumerateObject().FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) is { Value.ValueKind: JsonValueKind.String } type ? type.Value.GetString() : null,
            root.GetProperty("bodyIs").GetString() == "json" ? Encoding.UTF8.GetBytes(body.GetRawText()) : Bytes(body));
    }

    private static byte[] Bytes(JsonElement value) => Encoding.UTF8.GetBytes(value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    });
}
