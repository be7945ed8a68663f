using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>The filters like, regex and search as SQL conditions: a text that has a pattern.</summary>
internal sealed class TextFilterSql(DataTable table, SqlParameters parameters)
{
    public string Like(FilterSpec filter)
    {
        var escape = filter.Escape is { Length: > 0 } sign ? $" ESCAPE {parameters.Add(sign)}" : "";
        return Column(filter).Matches(text => $"({text} LIKE {Pattern(filter)}{escape})");
    }

    public string Regex(FilterSpec filter) => Column(filter).Matches(text => $"regexp_matches({text}, {Pattern(filter)})");

    public string Search(FilterSpec filter)
    {
        var query = filter.Query ?? throw Unsupported.Lacks(filter, "query");
        var type = StringIn(query, "type");
        var wanted = type is null ? "" : StringIn(query, "value") ?? "";
        var caseSensitive = type is not null && query.TryGetProperty("caseSensitive", out var flag) && flag.ValueKind == JsonValueKind.True;
        return type switch
        {
            "contains" when caseSensitive => Column(filter).Matches(text => $"contains({text}, {parameters.Add(wanted)})"),
            "contains" or "insensitive_contains" =>
                Column(filter).Matches(text => $"contains(lower({text}), lower({parameters.Add(wanted)}))"),
            _ => throw Unsupported.Feature($"the search '{type}' in a filter"),
        };
    }

    private Column Column(FilterSpec filter) => table.Column(filter.Dimension ?? throw Unsupported.Lacks(filter, "dimension"));

    private string Pattern(FilterSpec filter) => parameters.Add(filter.Pattern ?? throw Unsupported.Lacks(filter, "pattern"));

    private static string? StringIn(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
