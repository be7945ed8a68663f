using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiOutliers.Druid.Query;

/// <summary>Where the rows are: a name, or an object such as <c>{"type":"table","name":"rb_flow"}</c>.</summary>
[JsonConverter(typeof(JsonValueConverter<DataSourceSpec>))]
public sealed record DataSourceSpec : JsonValue, IJsonValue<DataSourceSpec>
{
    private DataSourceSpec(JsonElement json) : base(json)
    {
    }

    public static DataSourceSpec From(JsonElement json) => new(json);

    public static DataSourceSpec Table(string name) => new(Quote(name));

    /// <summary>The name of the one table; null for anything else (union, query, join, …).</summary>
    public string? TableName => Text ?? (Type == "table" ? Field("name") : null);
}
