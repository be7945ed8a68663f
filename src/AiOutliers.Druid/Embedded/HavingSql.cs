using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>Having clauses as SQL over the aggregated rows.</summary>
internal static class HavingSql
{
    public static string Translate(HavingSpec having, AggregatedQuery aggregated, IReadOnlyList<GroupKey> keys) => having.Type switch
    {
        "always" => "true",
        "never" => "false",
        "greaterThan" => Compare(having, ">", aggregated),
        "lessThan" => Compare(having, "<", aggregated),
        "equalTo" => Compare(having, "=", aggregated),
        "and" => Join(having, " AND ", "true", aggregated, keys),
        "or" => Join(having, " OR ", "false", aggregated, keys),
        "not" => $"(NOT {Translate(Inner(having), aggregated, keys)})",
        "dimSelector" => Selector(having, aggregated, keys),
        _ => throw Unsupported.Feature($"the having '{having.Type}'"),
    };

    private static HavingSpec Inner(HavingSpec having) =>
        having.Inner ?? throw Unsupported.Wrong("a having of type 'not' has no havingSpec");

    private static string Compare(HavingSpec having, string sign, AggregatedQuery aggregated)
    {
        var column = aggregated.Result(having.Aggregation ?? "")
            ?? throw Unsupported.Wrong($"its having names '{having.Aggregation}', which is not an aggregation");
        return having.Value is { ValueKind: JsonValueKind.Number } value
            ? $"({column.Sql} {sign} {aggregated.Parameters.Add(value.GetDouble())})"
            : throw Unsupported.Wrong("the value of its having is not a number");
    }

    private static string Selector(HavingSpec having, AggregatedQuery aggregated, IReadOnlyList<GroupKey> keys)
    {
        var name = having.Dimension?.OutputName;
        if (keys.All(key => key.Name != name))
            throw Unsupported.Wrong($"its having names '{name}', which is not a dimension of it");
        return having.Value is { ValueKind: JsonValueKind.String } value
            ? $"({Column.Quote(name!)}::VARCHAR = {aggregated.Parameters.Add(value.GetString()!)})"
            : $"({Column.Quote(name!)} IS NULL)";
    }

    private static string Join(HavingSpec having, string by, string none, AggregatedQuery aggregated, IReadOnlyList<GroupKey> keys) =>
        having.HavingSpecs is { Count: > 0 } parts
            ? "(" + string.Join(by, parts.Select(part => Translate(part, aggregated, keys))) + ")"
            : none;
}
