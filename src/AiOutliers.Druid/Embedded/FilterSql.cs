using System.Globalization;
using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>Filters as SQL conditions. Null is neither true nor false in them, as in Druid since version 28.</summary>
internal sealed class FilterSql(DataTable table, SqlParameters parameters)
{
    private const int DeepestNesting = 50;

    private readonly FilterOperands _operands = new(parameters);
    private readonly RangeFilterSql _ranges = new(table, new(parameters));
    private readonly TextFilterSql _texts = new(table, parameters);

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
            "not" => $"(NOT {Translate(filter.Field ?? throw Unsupported.Lacks(filter, "field"), depth + 1)})",
            "true" => "true",
            "false" => "false",
            "selector" => Equal(filter.Dimension ?? throw Unsupported.Lacks(filter, "dimension"), filter.Value),
            "equals" => Equal(
                filter.Column ?? throw Unsupported.Lacks(filter, "column"),
                filter.MatchValue ?? throw Unsupported.Lacks(filter, "matchValue")),
            "in" => In(filter),
            "null" => Null(filter.Column ?? throw Unsupported.Lacks(filter, "column")),
            "bound" => _ranges.Bound(filter),
            "range" => _ranges.Range(filter),
            "like" => _texts.Like(filter),
            "regex" => _texts.Regex(filter),
            "search" => _texts.Search(filter),
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
        return column.IsNumber
            ? $"({column.Sql} = {_operands.Number(wanted)})"
            : column.Matches(text => $"({text} = {_operands.Text(wanted)})");
    }

    /// <summary>The values as one list: a thousand comparisons would take the database a second to plan.</summary>
    private string In(FilterSpec filter)
    {
        var name = filter.Dimension ?? filter.Column ?? throw Unsupported.Lacks(filter, "dimension");
        var values = filter.Values ?? throw Unsupported.Lacks(filter, "values");
        var known = values.Where(static value => value.ValueKind != JsonValueKind.Null).ToList();
        var column = table.Column(name);
        var parts = known.Count == 0 ? [] : column.IsNumber ? InNumbers(column, known) : [InTexts(column, known)];
        if (known.Count < values.Count)
            parts.Add(Null(name));
        return parts.Count == 0 ? "false" : "(" + string.Join(" OR ", parts) + ")";
    }

    private string InTexts(Column column, List<JsonElement> values)
    {
        var list = _operands.Texts(values);
        return column.Matches(text => ValueLists.Contains(parameters, list, column.Kind == ColumnKind.Text ? values.Count : 0, text));
    }

    private List<string> InNumbers(Column column, List<JsonElement> values)
    {
        var numbers = values.ConvertAll(FilterOperands.NumberOf);
        var type = column.Kind == ColumnKind.Long ? "BIGINT" : "DOUBLE";
        var parts = new List<string>
        {
            ValueLists.Contains(parameters, parameters.Add(numbers.OfType<long>().ToList()), numbers.Count, $"({column.Sql})::{type}"),
            ValueLists.Contains(parameters, parameters.Add(numbers.OfType<double>().ToList()), numbers.Count, $"({column.Sql})::DOUBLE"),
        };
        if (numbers.Contains(null))
            parts.Add("NULL");
        return parts;
    }

    private string Null(string name)
    {
        var column = table.Column(name);
        return column.Kind == ColumnKind.TextList ? $"(coalesce(len({column.Sql}), 0) = 0)" : $"({column.Sql} IS NULL)";
    }

    private string Interval(FilterSpec filter)
    {
        var column = table.Column(filter.Dimension ?? throw Unsupported.Lacks(filter, "dimension"));
        if (column.Kind != ColumnKind.Long)
            throw Unsupported.Feature("an interval filter on anything but a time");
        return "(" + string.Join(" OR ", QueryIntervals.Parse(filter.Intervals).Select(interval => Within(column.Sql, interval))) + ")";
    }

    /// <summary>Numbers of our own: they can stand in the text.</summary>
    public static string Within(string time, Interval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"({time} >= {interval.Start} AND {time} < {interval.End})");
}
