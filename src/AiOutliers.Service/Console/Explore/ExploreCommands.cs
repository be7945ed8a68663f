using System.Text;
using System.Text.Json;
using AiOutliers.Druid.Building;

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

    /// <summary>Version 1 judges one series; for many there is the command line.</summary>
    public static string Curl(ExploreAnswer answer, string origin) => KeyedQuery.HasKeys(answer.Question.Query)
        ? "# version 1 judges one series; the command line judges many"
        : $"""
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
        if (state.Detector is { } detector)
        {
            var isModel = detector.StartsWith(Exploration.OfModel, StringComparison.Ordinal);
            command.Append(isModel ? " --model " : " --detector ")
                .Append(Quoted(isModel ? detector[Exploration.OfModel.Length..] : detector));
        }
        if (state.Sensitivity is { } sensitivity)
            command.Append(" --sensitivity ").Append(Quoted(sensitivity));
        if (state.Direction is { } direction)
            command.Append(" --direction ").Append(Quoted(direction));
        return $"{command} <<'QUERY'\n{Druid(answer)}\nQUERY";
    }

    /// <summary>One word for a shell, whatever is in it.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || "-_./:,=".Contains(letter))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
