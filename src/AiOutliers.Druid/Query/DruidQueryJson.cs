using System.Text.Json;
using System.Text.Json.Serialization;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;

namespace AiOutliers.Druid.Query;

/// <summary>Reads and writes queries. Generated code, no reflection: the first request of a fresh process pays nothing for it.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    AllowDuplicateProperties = true,
    MaxDepth = Deepest)]
[JsonSerializable(typeof(DruidQuery))]
[JsonSerializable(typeof(TrafficMetric[]))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(string))]
internal sealed partial class DruidQueryJson : JsonSerializerContext
{
    private const int Deepest = 64;

    private static readonly string[] ListsOfObjects =
        ["aggregations", "postAggregations", "fields", "virtualColumns", "dimensions", "columns", "havingSpecs"];

    public static DruidQuery ParseQuery(ReadOnlySpan<byte> utf8Json)
    {
        DruidQuery? query;
        try
        {
            CheckTexts(utf8Json);
            query = JsonSerializer.Deserialize(utf8Json, Default.DruidQuery);
        }
        catch (JsonException e)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"The Druid query cannot be read: {Where(e)}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new AiOutliersException(ErrorKind.BadInput, "The Druid query cannot be read: it holds text that is not valid UTF-8.", e);
        }
        return query ?? throw new AiOutliersException(ErrorKind.BadInput, "The Druid query is null; it must be a JSON object.");
    }

    public static byte[] Write(DruidQuery query) => JsonSerializer.SerializeToUtf8Bytes(query, Default.DruidQuery);

    /// <summary>
    /// Reads every text once: half of a surrogate pair or broken UTF-8 is valid JSON to the parser, and would fail only
    /// later, when a part that is kept as it came is looked at. So would null in a list of objects.
    /// </summary>
    private static void CheckTexts(ReadOnlySpan<byte> utf8Json)
    {
        var json = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = Deepest });
        var name = "";
        var lists = new string?[Deepest + 1];
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName)
                name = json.GetString()!;
            else if (json.TokenType == JsonTokenType.String)
                json.GetString();
            else if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && json.CurrentDepth < Deepest)
                lists[json.CurrentDepth + 1] = json.TokenType == JsonTokenType.StartArray && ListsOfObjects.Contains(name) ? name : null;
            else if (json.TokenType == JsonTokenType.Null && lists[json.CurrentDepth] is { } list)
                throw new AiOutliersException(ErrorKind.BadInput, $"The Druid query cannot be read: null stands in the list '{list}'.");
        }
    }

    private static string Where(JsonException e) => e.Path is { Length: > 1 } path
        ? $"the value at {path} has the wrong type or is not valid JSON (line {e.LineNumber + 1})."
        : $"it is not a JSON object (line {e.LineNumber + 1}).";
}
