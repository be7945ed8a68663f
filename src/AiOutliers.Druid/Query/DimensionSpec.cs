using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>
/// A column to group by: a name, or an object such as <c>{"type":"default","dimension":"app","outputName":"application"}</c>.
/// </summary>
[JsonConverter(typeof(JsonValueConverter<DimensionSpec>))]
public sealed record DimensionSpec : JsonValue, IJsonValue<DimensionSpec>
{
    private DimensionSpec(JsonElement json) : base(json)
    {
    }

    public static DimensionSpec From(JsonElement json) => new(json);

    /// <summary>The column.</summary>
    public string? Dimension => Text ?? Field("dimension");

    /// <summary>The name in the answer.</summary>
    public string? OutputName => Text ?? Field("outputName") ?? Field("dimension");
}
