using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>
/// A column that a groupBy is ordered by: a name, or an object with <c>dimension</c>, <c>direction</c> and <c>dimensionOrder</c>.
/// </summary>
[JsonConverter(typeof(JsonValueConverter<OrderColumnSpec>))]
public sealed record OrderColumnSpec : JsonValue, IJsonValue<OrderColumnSpec>
{
    private OrderColumnSpec(JsonElement json) : base(json)
    {
    }

    public static OrderColumnSpec From(JsonElement json) => new(json);

    public string? Dimension => Text ?? Field("dimension");

    public bool Descending => Field("direction") is { } direction && direction.StartsWith("desc", StringComparison.OrdinalIgnoreCase);

    /// <summary>lexicographic (the default), alphanumeric, numeric or strlen.</summary>
    public string? Order =>
        TryField("dimensionOrder", out var order) && order.ValueKind == JsonValueKind.Object && order.TryGetProperty("type", out var type)
            ? type.GetString()
            : Field("dimensionOrder");
}
