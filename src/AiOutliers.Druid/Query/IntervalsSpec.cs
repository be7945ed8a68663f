using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>ISO 8601 intervals: an array of texts, one text with commas between, or an object of type <c>intervals</c>.</summary>
[JsonConverter(typeof(JsonValueConverter<IntervalsSpec>))]
public sealed record IntervalsSpec : JsonValue, IJsonValue<IntervalsSpec>
{
    private IntervalsSpec(JsonElement json) : base(json)
    {
    }

    public static IntervalsSpec From(JsonElement json) => new(json);

    public static IntervalsSpec Of(params ReadOnlySpan<string> intervals)
    {
        var writer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(writer))
        {
            json.WriteStartArray();
            foreach (var interval in intervals)
                json.WriteStringValue(interval);
            json.WriteEndArray();
        }
        return new(JsonElement.Parse(writer.WrittenSpan));
    }

    /// <summary>The intervals one by one; empty when there are none.</summary>
    public IReadOnlyList<string> Texts()
    {
        if (Text is { } text)
            return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var array = TryField("intervals", out var inner) ? inner : Json;
        return array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Where(IsText).Select(static item => item.GetString()!)]
            : [];
    }

    private static bool IsText(JsonElement item) => item.ValueKind == JsonValueKind.String;
}
