using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Druid.Building;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.MonitorPages;

/// <summary>What Explore shows as the document of a monitor, and stored documents as YAML.</summary>
internal static class MonitorDraft
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Texts are written as JSON writes them, which is YAML, too.</summary>
    public static string Of(ExploreState state, ExploreQuestion question, TrafficSchema traffic)
    {
        var every = question.Query.Granularity?.Field("period") ?? "PT5M";
        var yaml = new StringBuilder($"""
            apiVersion: aioutliers/v1
            kind: Monitor
            metadata: {"{"} name: {NameOf(state, traffic)} {"}"}
            spec:
              series:
                dataSource: {Text(state.Source ?? traffic.DataSource)}
                metrics: {Text(question.Metrics?.Split(',') ?? [traffic.Metrics[0].Name])}
                granularity: {every}

            """);
        if (question.Query.Filter is { } filter)
            yaml.Append("    filter: ").Append(JsonSerializer.Serialize(filter, Unset)).Append('\n');
        if (state.By is { } by)
            yaml.Append($"    by: {Text(new[] { by })}\n");
        yaml.Append($"  schedule: every {Short(every)}\n  delay: 2m\n  detector: {Detector(state)}\n  minSeverity: 50\n");
        return yaml.ToString();
    }

    public static string Yaml(string json)
    {
        const string Begin = "---\n";
        var yaml = YamlJson.ToYaml(JsonNode.Parse(json)!);
        return yaml.StartsWith(Begin, StringComparison.Ordinal) ? yaml[Begin.Length..] : yaml;
    }

    /// <summary><c>bytes, flows of rb_flow, by sensor_name, every 5m</c>.</summary>
    /// <param name="json">A monitor's document.</param>
    public static string Watches(string json)
    {
        var spec = JsonNode.Parse(json)?["spec"];
        var by = Names(spec?["series"]?["by"]);
        return $"{Names(spec?["series"]?["metrics"])} of {spec?["series"]?["dataSource"]}"
            + (by.Length > 0 ? $", by {by}" : "") + $", {spec?["schedule"]}";
    }

    /// <summary>A metric is a name or, where it is computed, an object with one.</summary>
    private static string Names(JsonNode? list) => string.Join(", ", list as JsonArray is { } names
        ? names.Select(static one => (one as JsonObject)?["name"] ?? one) : []);

    private static readonly JsonSerializerOptions Unset = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Detector(ExploreState state)
    {
        var parts = new JsonObject { ["name"] = AskedDetector.NameOf(state) ?? SeasonalScanDetector.Id };
        foreach (var (name, value) in AskedDetector.OptionsOf(state))
            parts[name] = ExploreCommands.ValueOf(value);
        return parts.ToJsonString(Readable);
    }

    /// <summary>Small letters, digits and hyphens, from what is shown.</summary>
    private static string NameOf(ExploreState state, TrafficSchema traffic)
    {
        var words = state.Where.Select(static condition => condition[(condition.IndexOf('=') + 1)..])
            .Concat(state.Metrics.Count > 0 ? state.Metrics : [traffic.Metrics[0].Name]);
        var name = string.Concat(string.Join('-', words).ToLowerInvariant()
            .Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        return name.Length > 0 ? name[..Math.Min(name.Length, 60)].TrimEnd('-') : "monitor";
    }

    private static string Short(string period) => period switch
    {
        "PT1M" => "1m",
        "PT5M" => "5m",
        "PT15M" => "15m",
        "PT1H" => "1h",
        "P1D" => "1d",
        _ => period,
    };

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Readable);
}
