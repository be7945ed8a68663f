using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Engine.Explanation;
using AiOutliers.Service.Cli;

namespace AiOutliers.Service.Console.Explore;

/// <summary>What the page shows, as commands and as a query.</summary>
internal static class ExploreCommands
{
    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Druid(ExploreAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Question.Query.ToUtf8Json());
        return JsonSerializer.Serialize(json.RootElement, Indented);
    }

    /// <summary>Version 2.</summary>
    public static string Curl(ExploreState state, ExploreAnswer answer, PageContext context) => $"""
        {context.Curl("/api/v2/detect")} \
          -H 'Content-Type: application/json' --data-binary @- <<'JSON'
        {Body(state, answer)}
        JSON
        """;

    /// <summary>Version 2, for the causes of a stretch.</summary>
    public static string CurlOfCauses(ExploreAnswer answer, ExplanationRequest question, PageContext context) => $"""
        {context.Curl("/api/v2/explain")} \
          -H 'Content-Type: application/json' --data-binary @- <<'JSON'
        {BodyOf(answer, question)}
        JSON
        """;

    private static string BodyOf(ExploreAnswer answer, ExplanationRequest question) => new JsonObject
    {
        ["query"] = JsonNode.Parse(answer.Question.Query.ToUtf8Json()),
        ["metric"] = question.Metric,
        ["window"] = new JsonObject { ["from"] = question.Window.From, ["to"] = question.Window.To },
        ["top"] = question.Top,
    }.ToJsonString(Indented);

    /// <summary>The body of version 2's request.</summary>
    public static string Body(ExploreState state, ExploreAnswer answer)
    {
        var body = new JsonObject { ["query"] = JsonNode.Parse(answer.Question.Query.ToUtf8Json()) };
        if (answer.Question.Metrics is { } metrics)
            body["metrics"] = new JsonArray([.. metrics.Split(',').Select(static name => JsonValue.Create(name))]);
        if (AskedDetector.ModelOf(state) is { } model)
        {
            body["model"] = model;
            return body.ToJsonString(Indented);
        }
        if (state.Detector is { } detector)
            body["detector"] = detector;
        if (AskedDetector.OptionsOf(state) is { Count: > 0 } options)
        {
            body["options"] = new JsonObject(
                options.Select(static one => KeyValuePair.Create<string, JsonNode?>(one.Key, ValueOf(one.Value))));
        }
        return body.ToJsonString(Indented);
    }

    /// <summary>Version 1 judges one series.</summary>
    public static string CurlVersionOne(ExploreAnswer answer, string origin) => $"""
        curl {Quoted(origin + "/api/v1/outliers")} --data-urlencode "query=$(base64 -w0 <<'QUERY'
        {Druid(answer)}
        QUERY
        )"
        """;

    public static string Detect(ExploreState state, ExploreAnswer answer)
    {
        var command = new StringBuilder("rb-aioutliers detect - --config config.ini");
        if (answer.Question.Metrics is { } metrics)
            command.Append(" --metric ").Append(Quoted(metrics));
        if (AskedDetector.ModelOf(state) is { } model)
            command.Append(" --model ").Append(Quoted(model));
        else if (state.Detector is { } detector)
            command.Append(" --detector ").Append(Quoted(detector));
        foreach (var (name, value) in AskedDetector.ModelOf(state) is null ? AskedDetector.OptionsOf(state) : Nothing)
        {
            var option = "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(name);
            if (JudgingOptions.All.Any(known => known.Name == option))
                command.Append(' ').Append(option).Append(' ').Append(Quoted(value));
        }
        return $"{command} <<'QUERY'\n{Druid(answer)}\nQUERY";
    }

    /// <summary>A number as one, all else as a text.</summary>
    internal static JsonNode ValueOf(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : bool.TryParse(text, out var truth) ? JsonValue.Create(truth) : JsonValue.Create(text);

    /// <summary>One word for a shell, whatever is in it.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || "-_./:,=".Contains(letter))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
