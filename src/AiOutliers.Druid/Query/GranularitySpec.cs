using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>The buckets of time: a simple name (<c>hour</c>), or an object of type <c>period</c> or <c>duration</c>.</summary>
[JsonConverter(typeof(JsonValueConverter<GranularitySpec>))]
public sealed record GranularitySpec : JsonValue, IJsonValue<GranularitySpec>
{
    private GranularitySpec(JsonElement json) : base(json)
    {
    }

    public static GranularitySpec From(JsonElement json) => new(json);

    public static GranularitySpec Period(string period)
    {
        var writer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(writer))
        {
            json.WriteStartObject();
            json.WriteString("type", "period");
            json.WriteString("period", period);
            json.WriteEndObject();
        }
        return new(JsonElement.Parse(writer.WrittenSpan));
    }

    public static GranularitySpec Simple(string name) => new(Quote(name));
}
