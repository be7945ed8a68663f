using System.Text.Json;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// Post-aggregations that are arithmetic, computed over the columns of a table: the database plans them for longer than it needs to answer
/// an hour at one minute. Bit for bit what <see cref="PostAggregatorSql"/> says: null with anything is null; '/' by zero gives 0, quotient
/// does not.
/// </summary>
internal sealed class ColumnArithmetic
{
    /// <summary>As deep as their SQL may be: beyond it that refuses them.</summary>
    private const int DeepestNesting = 50;

    private readonly IReadOnlyList<ColumnExpression> _expressions;

    private ColumnArithmetic(IReadOnlyList<ColumnExpression> expressions) => _expressions = expressions;

    /// <summary>All post-aggregations of a query; null where one needs SQL, or is wrong.</summary>
    /// <param name="specs">The post-aggregations.</param>
    /// <param name="aggregations">The aggregations, which have to be numbers.</param>
    public static ColumnArithmetic? Of(IReadOnlyList<PostAggregatorSpec> specs, IReadOnlyList<(string Name, Column Column)> aggregations)
    {
        if (!aggregations.All(static aggregation => aggregation.Column.IsNumber))
            return null;
        var names = aggregations.Select(static aggregation => aggregation.Name).ToList();
        var expressions = new List<ColumnExpression>(specs.Count);
        foreach (var spec in specs)
        {
            if (spec.Name is not { } name || Parse(spec, names, 0) is not { } expression)
                return null;
            names.Add(name);
            expressions.Add(expression);
        }
        return new(expressions);
    }

    /// <summary>Computes the last columns of a table from those before them.</summary>
    public void Compute(MetricTableBuilder table)
    {
        for (var i = 0; i < _expressions.Count; i++)
        {
            var column = table.Metrics.Count - _expressions.Count + i;
            for (var start = 0; start < table.Rows; start += ColumnExpression.Block)
            {
                var rows = Math.Min(ColumnExpression.Block, table.Rows - start);
                _expressions[i].Evaluate(table, start, table.Values(column).Slice(start, rows));
            }
        }
    }

    private static ColumnExpression? Parse(PostAggregatorSpec? spec, List<string> names, int depth) => spec?.Type switch
    {
        "fieldAccess" or "finalizingFieldAccess" or "hyperUniqueCardinality" => Field(spec.FieldName, names),
        _ when depth > DeepestNesting => null,
        "thetaSketchEstimate" => Parse(spec.Field, names, depth + 1),
        "constant" when spec.Value is { ValueKind: JsonValueKind.Number } value =>
            new ColumnExpression.Constant(value.TryGetInt64(out var whole) ? whole : value.GetDouble()),
        "arithmetic" when ColumnFunctions.Of(spec.Function) is { } function => Chain(function, spec.Fields ?? [], names, depth),
        _ => null,
    };

    private static ColumnExpression.Field? Field(string? name, List<string> names) =>
        name is not null && names.IndexOf(name) is >= 0 and var column ? new(column) : null;

    private static ColumnExpression.Chain? Chain(
        ColumnFunction function, IReadOnlyList<PostAggregatorSpec> fields, List<string> names, int depth)
    {
        var operands = fields.Select(field => Parse(field, names, depth + 1)).OfType<ColumnExpression>().ToArray();
        return fields.Count > 1 && operands.Length == fields.Count ? new(function, operands) : null;
    }
}
