using System.Globalization;
using System.Text.Json;

namespace AiOutliers.Engine.Explanation;

/// <summary>Reads what <see cref="Druid.Building.WindowQueries"/> ask for.</summary>
internal static class DruidRows
{
    /// <summary>The one row of a timeseries; null where there is none.</summary>
    public static JsonElement? One(JsonElement answer) => answer.GetArrayLength() > 0 ? answer[0].GetProperty("result") : null;

    /// <summary>The rows of a topN.</summary>
    public static IEnumerable<JsonElement> Top(JsonElement answer) =>
        answer.EnumerateArray().SelectMany(static bucket => bucket.GetProperty("result").EnumerateArray());

    /// <summary>A sum over no rows is null.</summary>
    public static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => 0,
    };

    public static double Number(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? Number(value) : 0;

    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
