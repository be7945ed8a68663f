using System.Text.Json.Nodes;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Monitors;

/// <summary>Where two JSON documents differ, a line for each place.</summary>
internal static class JsonDifference
{
    private const int Longest = 80;

    public static IEnumerable<string> Of(string before, string after) => Of("", JsonNode.Parse(before), JsonNode.Parse(after));

    private static IEnumerable<string> Of(string path, JsonNode? before, JsonNode? after)
    {
        if (before is JsonObject old && after is JsonObject @new)
        {
            return old.Select(static entry => entry.Key).Union(@new.Select(static entry => entry.Key))
                .SelectMany(key => Of(path.Length == 0 ? key : $"{path}.{key}", old[key], @new[key]));
        }
        return JsonNode.DeepEquals(before, after) ? [] : [$"{path}: {Text(before)} → {Text(after)}"];
    }

    private static string Text(JsonNode? node)
    {
        var text = node is null ? "unset" : node.ToJsonString(YamlJson.Readable);
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
