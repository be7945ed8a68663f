using System.Text.Json;
using System.Text.Json.Serialization;
using AiOutliers.Detection;

namespace AiOutliers.Druid.Query;

/// <summary>Reads and writes queries. Generated code, no reflection: the first request of a fresh process pays nothing for it.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    AllowDuplicateProperties = true,
    MaxDepth = 64)]
[JsonSerializable(typeof(DruidQuery))]
internal sealed partial class DruidQueryJson : JsonSerializerContext
{
    public static DruidQuery ParseQuery(ReadOnlySpan<byte> utf8Json)
    {
        DruidQuery? query;
        try
        {
            query = JsonSerializer.Deserialize(utf8Json, Default.DruidQuery);
        }
        catch (JsonException e)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"The Druid query cannot be read: {Where(e)}", e);
        }
        return query ?? throw new AiOutliersException(ErrorKind.BadInput, "The Druid query is null; it must be a JSON object.");
    }

    public static byte[] Write(DruidQuery query) => JsonSerializer.SerializeToUtf8Bytes(query, Default.DruidQuery);

    private static string Where(JsonException e) => e.Path is { Length: > 1 } path
        ? $"the value at {path} has the wrong type or is not valid JSON (line {e.LineNumber + 1})."
        : $"it is not a JSON object (line {e.LineNumber + 1}).";
}
