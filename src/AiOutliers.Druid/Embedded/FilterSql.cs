using System.Globalization;
using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>Filters as SQL conditions. Null is neither true nor false in them, as in Druid since version 28.</summary>
internal sealed class FilterSql(DataTable table, SqlParameters parameters)
{
    private const int DeepestNesting = 50;

    public string Translate(FilterSpec filter, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw Unsupported.Feature($"a filter nested more than {DeepestNesting} deep");
        if (filter.Other?.ContainsKey("extractionFn") == true)
            throw Unsupported.Feature("an extractionFn in a filter");
        return filter.Type switch
        {
            "and" => Join(filter, " AND ", "true", depth),
            "or" => Join(filter, " OR ", "false", depth),
            "not" => $"(NOT {Translate(filter.Field ?? throw Lacks(filter, "field"), depth + 1)})",
            "true" => "true",
            "false" => "false",
            "selector" => Equal(filter.Dimension ?? throw Lacks(filter, "dimension"), filter.Value),
            "equals" => Equal(filter.Column ?? throw Lacks(filter, "column"), filter.MatchValue ?? throw Lacks(filter, "matchValue")),
            "in" => In(filter),
            "null" => Null(filter.Column ?? throw Lacks(filter, "column")),
            "bound" => Bound(filter),
            "range" => Range(filter),
            "like" => Like(filter),
            "regex" => OnText(filter, filter.Dimension, value => $"regexp_matches({value}, {parameters.Add(filter.Pattern ?? throw Lacks(filter, "pattern"))})"),
            "search" => Search(filter),
            "interval" => Interval(filter),
            _ => throw Unsupported.Feature($"the filter '{filter.Type}'"),
        };
    }

    private string Join(FilterSpec filter, string by, string none, int depth) => filter.Fields is { Count: > 0 } fields
        ? "(" + string.Join(by, fields.Select(field => Translate(field, depth + 1))) + ")"
        : none;

    private string Equal(string name, JsonElement? value)
    {
        if (value is not { ValueKind: not JsonValueKind.Null } wanted)
            return Null(name);
        var column = table.Column(name);
        return column.IsNumber ? $"({column.Sql} = {NumberOf(wanted)})" : OnText(column, text => $"({text} = {parameters.Add(TextOf(wanted))})");
    }

    /// <summary>The values as one list: a thousand comparisons would take the database a second to plan.</summary>
    private string In(FilterSpec filter)
    {
        var name = filter.Dimension ?? filter.Column ?? throw Lacks(filter, "dimension");
        var values = filter.Values ?? throw Lacks(filter, "values");
        var known = values.Where(static value => value.ValueKind != JsonValueKind.Null).ToList();
        var column = table.Column(name);
        var parts = known.Count == 0 ? [] : column.IsNumber ? InNumbers(column, known) : [InTexts(column, known)];
        if (known.Count < values.Count)
            parts.Add(Null(name));
        return parts.Count == 0 ? "false" : "(" + string.Join(" OR ", parts) + ")";
    }

    private string InTexts(Column column, List<JsonElement> values)
    {
        var list = parameters.Add(values.ConvertAll(TextOf));
        return OnText(column, text => OneOf(list, text));
    }

    private List<string> InNumbers(Column column, List<JsonElement> values)
    {
        var numbers = values.ConvertAll(NumberIn);
        var parts = new List<string>
        {
            OneOf(parameters.Add(numbers.OfType<long>().ToList()), $"({column.Sql})::{(column.Kind == ColumnKind.Long ? "BIGINT" : "DOUBLE")}"),
            OneOf(parameters.Add(numbers.OfType<double>().ToList()), $"({column.Sql})::DOUBLE"),
        };
        if (numbers.Contains(null))
            parts.Add("NULL");
        return parts;
    }

    private static string OneOf(string list, string value) => $"(CASE WHEN {value} IS NOT NULL THEN list_contains({list}, {value}) END)";

    private string Null(string name)
    {
        var column = table.Column(name);
        return column.Kind == ColumnKind.TextList ? $"(coalesce(len({column.Sql}), 0) = 0)" : $"({column.Sql} IS NULL)";
    }

    private string Bound(FilterSpec filter)
    {
        var column = table.Column(filter.Dimension ?? throw Lacks(filter, "dimension"));
        var (above, below) = (filter.LowerStrict == true ? ">" : ">=", filter.UpperStrict == true ? "<" : "<=");
        var condition = filter.Ordering switch
        {
            "numeric" when column.IsNumber => Between(column.Sql, filter, above, below, NumberOf),
            null or "lexicographic" => OnText(column, text => Between(text, filter, above, below, value => parameters.Add(TextOf(value)))),
            "numeric" => OnText(column, text => Between($"try_cast({text} AS DOUBLE)", filter, above, below, NumberOf)),
            "strlen" => OnText(column, text => Between($"length({text})", filter, above, below, value => $"length({parameters.Add(TextOf(value))})")),
            _ => throw Unsupported.Feature($"the ordering '{filter.Ordering}' of a bound filter"),
        };
        // Null, and text that is no number, come before everything: without a lower end they are inside. A number's null is not.
        var open = filter.Lower is null or { ValueKind: JsonValueKind.Null };
        return open && !(column.IsNumber && filter.Ordering == "numeric") ? $"coalesce({condition}, true)" : condition;
    }

    private string Range(FilterSpec filter)
    {
        var column = table.Column(filter.Column ?? throw Lacks(filter, "column"));
        var (above, below) = (filter.LowerOpen == true ? ">" : ">=", filter.UpperOpen == true ? "<" : "<=");
        return string.Equals(filter.MatchValueType, "STRING", StringComparison.OrdinalIgnoreCase)
            ? OnText(column, text => Between(text, filter, above, below, value => parameters.Add(TextOf(value))))
            : column.IsNumber
                ? Between(column.Sql, filter, above, below, NumberOf)
                : OnText(column, text => Between($"try_cast({text} AS DOUBLE)", filter, above, below, NumberOf));
    }

    private static string Between(string value, FilterSpec filter, string above, string below, Func<JsonElement, string> edge)
    {
        var parts = new List<string>(2);
        if (filter.Lower is { ValueKind: not JsonValueKind.Null } lower)
            parts.Add($"{value} {above} {edge(lower)}");
        if (filter.Upper is { ValueKind: not JsonValueKind.Null } upper)
            parts.Add($"{value} {below} {edge(upper)}");
        return parts.Count == 0 ? throw Unsupported.Wrong($"a {filter.Type} filter has neither lower nor upper") : "(" + string.Join(" AND ", parts) + ")";
    }

    private string Like(FilterSpec filter)
    {
        var escape = filter.Escape is { Length: > 0 } sign ? $" ESCAPE {parameters.Add(sign)}" : "";
        return OnText(filter, filter.Dimension, value => $"({value} LIKE {parameters.Add(filter.Pattern ?? throw Lacks(filter, "pattern"))}{escape})");
    }

    private string Search(FilterSpec filter)
    {
        var query = filter.Query ?? throw Lacks(filter, "query");
        var type = query.ValueKind == JsonValueKind.Object && query.TryGetProperty("type", out var kind) && kind.ValueKind == JsonValueKind.String
            ? kind.GetString()
            : null;
        var wanted = type is not null && query.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var caseSensitive = type is not null && query.TryGetProperty("caseSensitive", out var flag) && flag.ValueKind == JsonValueKind.True;
        return type switch
        {
            "contains" when caseSensitive => OnText(filter, filter.Dimension, text => $"contains({text}, {parameters.Add(wanted)})"),
            "contains" or "insensitive_contains" => OnText(filter, filter.Dimension, text => $"contains(lower({text}), lower({parameters.Add(wanted)}))"),
            _ => throw Unsupported.Feature($"the search '{type}' in a filter"),
        };
    }

    private string Interval(FilterSpec filter)
    {
        var column = table.Column(filter.Dimension ?? throw Lacks(filter, "dimension"));
        if (column.Kind != ColumnKind.Long)
            throw Unsupported.Feature("an interval filter on anything but a time");
        return "(" + string.Join(" OR ", QueryIntervals.Parse(filter.Intervals).Select(interval => Within(column.Sql, interval))) + ")";
    }

    /// <summary>Numbers of our own: they can stand in the text.</summary>
    public static string Within(string time, Interval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"({time} >= {interval.Start} AND {time} < {interval.End})");

    private string OnText(FilterSpec filter, string? dimension, Func<string, string> condition) => OnText(table.Column(dimension ?? throw Lacks(filter, "dimension")), condition);

    /// <summary>A multi-value column matches when one of its values does; without values it is null.</summary>
    private static string OnText(Column column, Func<string, string> condition) => column.Kind switch
    {
        ColumnKind.TextList => $"(CASE WHEN coalesce(len({column.Sql}), 0) = 0 THEN NULL ELSE EXISTS (SELECT 1 FROM (SELECT unnest({column.Sql}) AS v) WHERE {condition("v")}) END)",
        ColumnKind.Text => condition(column.Sql),
        _ => condition($"({column.Sql})::VARCHAR"),
    };

    private string NumberOf(JsonElement value) => NumberIn(value) is { } number ? parameters.Add(number) : "NULL";

    /// <summary>A long, a double, or null for what is no number.</summary>
    private static object? NumberIn(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out var whole) ? whole : value.GetDouble();
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static Detection.AiOutliersException Lacks(FilterSpec filter, string field) => Unsupported.Wrong($"a filter of type '{filter.Type}' lacks '{field}'");
}
