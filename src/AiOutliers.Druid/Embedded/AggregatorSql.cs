using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>Aggregations as SQL. Over no rows: sums, minima and maxima are null, counts 0, a mean 0.0.</summary>
internal sealed class AggregatorSql(DataTable table, SqlParameters parameters)
{
    private readonly FilterSql _filters = new(table, parameters);

    /// <summary>The result as a column of the aggregated rows: its name, and whether it is whole.</summary>
    public (string Name, Column Column) Translate(AggregatorSpec spec) =>
        Translate(spec, spec.OutputName ?? throw Unsupported.Wrong("an aggregation has no name"), []);

    private (string Name, Column Column) Translate(AggregatorSpec spec, string name, IReadOnlyList<string> conditions)
    {
        if (spec.Type == "filtered")
        {
            var inner = spec.Aggregator ?? throw Unsupported.Wrong($"the filtered aggregation '{name}' has no aggregator");
            var condition = spec.Filter ?? throw Unsupported.Wrong($"the filtered aggregation '{name}' has no filter");
            return Translate(inner, name, [.. conditions, _filters.Translate(condition)]);
        }
        if (spec.Other?.ContainsKey("expression") == true)
            throw Unsupported.Feature($"an expression in the aggregation '{name}'");
        var filter = conditions.Count == 0 ? "" : $" FILTER (WHERE {string.Join(" AND ", conditions)})";
        return (name, Choose(spec, name, filter));
    }

    private Column Choose(AggregatorSpec spec, string name, string filter) => spec.Type switch
    {
        "count" => new($"count(*){filter}", ColumnKind.Long),
        "longSum" => new($"(sum({Number(spec, "BIGINT")}){filter})::BIGINT", ColumnKind.Long),
        "longMin" => new($"min({Number(spec, "BIGINT")}){filter}", ColumnKind.Long),
        "longMax" => new($"max({Number(spec, "BIGINT")}){filter}", ColumnKind.Long),
        "doubleSum" => new($"sum({Number(spec, "DOUBLE")}){filter}", ColumnKind.Double),
        "doubleMin" => new($"min({Number(spec, "DOUBLE")}){filter}", ColumnKind.Double),
        "doubleMax" => new($"max({Number(spec, "DOUBLE")}){filter}", ColumnKind.Double),
        "doubleMean" => new($"coalesce(avg({Number(spec, "DOUBLE")}){filter}, 0)", ColumnKind.Double),
        "floatSum" => new($"(sum({Number(spec, "FLOAT")}){filter})::FLOAT::DOUBLE", ColumnKind.Double),
        "floatMin" => new($"(min({Number(spec, "FLOAT")}){filter})::DOUBLE", ColumnKind.Double),
        "floatMax" => new($"(max({Number(spec, "FLOAT")}){filter})::DOUBLE", ColumnKind.Double),
        "longFirst" or "doubleFirst" or "stringFirst" => AtEnd(spec, "arg_min", filter),
        "longLast" or "doubleLast" or "stringLast" => AtEnd(spec, "arg_max", filter),
        "hyperUnique" or "thetaSketch" => Distinct(Field(spec), filter),
        "cardinality" => Cardinality(spec, name, filter),
        _ => throw Unsupported.Feature($"the aggregation '{spec.Type}'"),
    };

    private Column AtEnd(AggregatorSpec spec, string function, string filter)
    {
        var (value, kind) = spec.Type switch
        {
            "longFirst" or "longLast" => (Number(spec, "BIGINT"), ColumnKind.Long),
            "doubleFirst" or "doubleLast" => (Number(spec, "DOUBLE"), ColumnKind.Double),
            _ => ($"({Field(spec).Sql})::VARCHAR", ColumnKind.Text),
        };
        return new($"{function}_null({value}, {DataTable.Order}){filter}", kind);
    }

    /// <summary>
    /// Distinct values, counted exactly: better than the sketch that Druid keeps. A column of numbers holds counts made before:
    /// the largest of the bucket is the closest that can be said.
    /// </summary>
    private static Column Distinct(Column column, string filter) => column.IsNumber
        ? new($"coalesce(max({column.Sql}){filter}, 0)::DOUBLE", ColumnKind.Double)
        : DistinctValues(column, filter);

    /// <summary>Of rows with several values each value counts, not each combination.</summary>
    private static Column DistinctValues(Column column, string filter) => new(
        column.Kind == ColumnKind.TextList
            ? $"coalesce(len(list_distinct(flatten(list({column.Sql}){filter}))), 0)::DOUBLE"
            : $"count(DISTINCT {column.Sql}){filter}::DOUBLE",
        ColumnKind.Double);

    private Column Cardinality(AggregatorSpec spec, string name, string filter)
    {
        var fields = spec.Fields ?? throw Unsupported.Wrong($"the aggregation '{name}' has no fields");
        var columns = fields.Select(CountedColumn).ToArray();
        if (columns.Length == 1)
            return DistinctValues(columns[0], filter);
        return spec.ByRow == true
            ? new($"count(DISTINCT ({string.Join(", ", columns.Select(static column => column.Sql))})){filter}::DOUBLE", ColumnKind.Double)
            : throw Unsupported.Feature("a cardinality over several columns by value");
    }

    private Column CountedColumn(DimensionSpec field) => field.Type is null or "default"
        ? table.Column(field.Dimension ?? "")
        : throw Unsupported.Feature($"a field of type '{field.Type}' in a cardinality");

    private string Number(AggregatorSpec spec, string type) => Field(spec).AsNumber(type);

    private Column Field(AggregatorSpec spec) =>
        table.Column(spec.FieldName ?? throw Unsupported.Wrong($"an aggregation of type '{spec.Type}' has no fieldName"));
}
