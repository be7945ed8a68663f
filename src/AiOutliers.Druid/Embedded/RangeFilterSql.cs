using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>The filters bound and range as SQL conditions: a value between two edges.</summary>
internal sealed class RangeFilterSql(DataTable table, FilterOperands operands)
{
    public string Bound(FilterSpec filter)
    {
        var column = table.Column(filter.Dimension ?? throw Unsupported.Lacks(filter, "dimension"));
        var (above, below) = (filter.LowerStrict == true ? ">" : ">=", filter.UpperStrict == true ? "<" : "<=");
        var condition = filter.Ordering switch
        {
            "numeric" when column.IsNumber => Between(column.Sql, filter, above, below, operands.Number),
            null or "lexicographic" => column.Matches(text => Between(text, filter, above, below, operands.Text)),
            "numeric" => column.Matches(text => Between(AsNumber(text), filter, above, below, operands.Number)),
            "strlen" => column.Matches(text => Between($"length({text})", filter, above, below, operands.Length)),
            _ => throw Unsupported.Feature($"the ordering '{filter.Ordering}' of a bound filter"),
        };
        // Null, and text that is not a number, come before everything: without a lower end they are inside. A number's null is not.
        var open = filter.Lower is null or { ValueKind: JsonValueKind.Null };
        return open && !(column.IsNumber && filter.Ordering == "numeric") ? $"coalesce({condition}, true)" : condition;
    }

    public string Range(FilterSpec filter)
    {
        var column = table.Column(filter.Column ?? throw Unsupported.Lacks(filter, "column"));
        var (above, below) = (filter.LowerOpen == true ? ">" : ">=", filter.UpperOpen == true ? "<" : "<=");
        if (string.Equals(filter.MatchValueType, "STRING", StringComparison.OrdinalIgnoreCase))
            return column.Matches(text => Between(text, filter, above, below, operands.Text));
        return column.IsNumber
            ? Between(column.Sql, filter, above, below, operands.Number)
            : column.Matches(text => Between(AsNumber(text), filter, above, below, operands.Number));
    }

    private static string AsNumber(string text) => $"try_cast({text} AS DOUBLE)";

    private static string Between(string value, FilterSpec filter, string above, string below, Func<JsonElement, string> edge)
    {
        var parts = new List<string>(2);
        if (filter.Lower is { ValueKind: not JsonValueKind.Null } lower)
            parts.Add($"{value} {above} {edge(lower)}");
        if (filter.Upper is { ValueKind: not JsonValueKind.Null } upper)
            parts.Add($"{value} {below} {edge(upper)}");
        return parts.Count > 0
            ? "(" + string.Join(" AND ", parts) + ")"
            : throw Unsupported.Wrong($"a {filter.Type} filter has neither lower nor upper");
    }
}
