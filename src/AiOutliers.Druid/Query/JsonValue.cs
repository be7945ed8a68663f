using System.Text.Json;

namespace AiOutliers.Druid.Query;

/// <summary>
/// A part of a query that Druid takes in a short form (a text) and in a long one (an object). It is kept as it came, and read through named
/// members.
/// </summary>
public abstract record JsonValue
{
    private protected JsonValue(JsonElement json) => Json = json;

    /// <summary>The value as it came.</summary>
    public JsonElement Json { get; }

    /// <summary>The short form; null when the value is not a text.</summary>
    public string? Text => Json.ValueKind == JsonValueKind.String ? Json.GetString() : null;

    /// <summary>The field <c>type</c> of the long form.</summary>
    public string? Type => Field("type");

    /// <summary>A text field of the long form; null when there is none.</summary>
    public string? Field(string name) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    /// <summary>A field of the long form that is there and not null.</summary>
    public bool TryField(string name, out JsonElement value)
    {
        value = default;
        return Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private protected static JsonElement Quote(string text)
    {
        var writer = new System.Buffers.ArrayBufferWriter<byte>(text.Length + 2);
        using (var json = new Utf8JsonWriter(writer))
            json.WriteStringValue(text);
        return JsonElement.Parse(writer.WrittenSpan);
    }
}
