using System.Text.Json;

namespace AiOutliers.Druid.Query;

/// <summary>Makes a <see cref="JsonValue"/> of any JSON.</summary>
public interface IJsonValue<out TSelf>
{
    static abstract TSelf From(JsonElement json);
}
