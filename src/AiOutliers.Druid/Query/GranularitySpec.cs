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

    public static GranularitySpec Simple(string name) => new(Quote(name));
}
