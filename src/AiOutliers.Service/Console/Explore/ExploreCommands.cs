using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiOutliers.Service.Console.Explore;

/// <summary>What the page shows, as commands and as a query.</summary>
internal static class ExploreCommands
{
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

    /// <summary>Version 2; the caller puts a key in, which no page knows.</summary>
    public static string Curl(ExploreState state, ExploreAnswer answer, string origin) => $"""
        curl {Quoted(origin + "/api/v2/detect")} -H 'Authorization: Bearer KEY' \
          -H 'Content-Type: application/json' --data-binary @- <<'JSON'
        {Body(state, answer)}
        JSON
        """;

    /// <summary>The body of version 2's request.</summary>
    public static string Body(ExploreState state, ExploreAnswer answer)
    {
        var options = new JsonObject();
        if (state.Sensitivity is { } sensitivity)
            options["sensitivity"] = sensitivity;
        if (state.Direction is { } direction)
            options["direction"] = direction;
        var body = new JsonObject { ["query"] = JsonNode.Parse(answer.Question.Query.ToUtf8Json()) };
        if (answer.Question.Metrics is { } metrics)
            body["metrics"] = new JsonArray([.. metrics.Split(',').Select(static name => JsonValue.Create(name))]);
        if (ModelOf(state) is { } model)
            body["model"] = model;
        else if (state.Detector is { } detector)
            body["detector"] = detector;
        if (options.Count > 0 && ModelOf(state) is null)
            body["options"] = options;
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
        if (ModelOf(state) is { } model)
            command.Append(" --model ").Append(Quoted(model));
        else if (state.Detector is { } detector)
            command.Append(" --detector ").Append(Quoted(detector));
        if (state.Sensitivity is { } sensitivity)
            command.Append(" --sensitivity ").Append(Quoted(sensitivity));
        if (state.Direction is { } direction)
            command.Append(" --direction ").Append(Quoted(direction));
        return $"{command} <<'QUERY'\n{Druid(answer)}\nQUERY";
    }

    private static string? ModelOf(ExploreState state) =>
        state.Detector is { } detector && detector.StartsWith(Exploration.OfModel, StringComparison.Ordinal)
            ? detector[Exploration.OfModel.Length..]
            : null;

    /// <summary>One word for a shell, whatever is in it.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || "-_./:,=".Contains(letter))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
