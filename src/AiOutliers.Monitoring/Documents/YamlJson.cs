using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AiOutliers.Monitoring.Documents;

/// <summary>From YAML to JSON and back. A plain word is what JSON would make of it; a quoted one is a text.</summary>
public static class YamlJson
{
    internal static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Of(YamlNode node) => JsonSerializer.SerializeToElement(NodeOf(node));

    public static JsonObject ObjectOf(YamlMappingNode node) => NodeOf(node)!.AsObject();

    /// <summary>JSON as YAML, in blocks.</summary>
    public static string ToYaml(params IEnumerable<JsonNode> documents)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (var document in documents)
        {
            writer.Write("---\n");
            var part = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
            new YamlStream(new YamlDocument(Yaml(document))).Save(part, assignAnchors: false);
            writer.Write(part.ToString().Replace("\r\n", "\n").Replace("\n...\n", "\n"));
        }
        return writer.ToString();
    }

    private static JsonNode? NodeOf(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(
            map.Children.Select(static entry => KeyValuePair.Create((entry.Key as YamlScalarNode)?.Value ?? "", NodeOf(entry.Value)))
                .DistinctBy(static entry => entry.Key)),
        YamlSequenceNode list => new JsonArray([.. list.Select(NodeOf)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } word } => Plain(word),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static JsonNode? Plain(string word) => word switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
            JsonValue.Create(number),
        _ => JsonValue.Create(word),
    };

    private static YamlNode Yaml(JsonNode? node) => node switch
    {
        JsonObject map => new YamlMappingNode(
            map.Select(static entry => KeyValuePair.Create((YamlNode)new YamlScalarNode(entry.Key), Yaml(entry.Value)))),
        JsonArray list => new YamlSequenceNode(list.Select(Yaml)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(node.ToJsonString()),
    };

    /// <summary>Quoted where the plain word would be something else than a text.</summary>
    private static YamlScalarNode Text(string text) => Plain(text) is JsonValue plain && plain.GetValueKind() == JsonValueKind.String
        ? new(text)
        : new(text) { Style = ScalarStyle.DoubleQuoted };
}
