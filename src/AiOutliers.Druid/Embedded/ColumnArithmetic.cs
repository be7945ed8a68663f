using System.Text.Json;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// Post-aggregations that are arithmetic, computed over the columns of a table: the database plans them for longer than it needs to answer an hour at one
/// minute. Bit for bit what <see cref="PostAggregatorSql"/> says: null with anything is null; '/' by zero gives 0, quotient does not.
/// </summary>
internal sealed class ColumnArithmetic
{
    /// <summary>As deep as their SQL may be: beyond it that refuses them.</summary>
    private const int DeepestNesting = 50;

    private readonly IReadOnlyList<ColumnExpression> _expressions;

    private ColumnArithmetic(IReadOnlyList<ColumnExpression> expressions) => _expressions = expressions;

    /// <summary>All post-aggregations of a query; null where one needs SQL, or is wrong.</summary>
    /// <param name="specs">The post-aggregations.</param>
    /// <param name="aggregations">The names of the aggregations, and whether they are numbers.</param>
    public static ColumnArithmetic? Of(IReadOnlyList<PostAggregatorSpec> specs, IReadOnlyList<(string Name, bool IsNumber)> aggregations)
    {
        if (!aggregations.All(static aggregation => aggregation.IsNumber))
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
                _expressions[i].Evaluate(table, start, table.Values(column).Slice(start, Math.Min(ColumnExpression.Block, table.Rows - start)));
        }
    }

    private static ColumnExpression? Parse(PostAggregatorSpec? spec, List<string> names, int depth) => depth > DeepestNesting ? null : spec?.Type switch
    {
        "fieldAccess" or "finalizingFieldAccess" or "hyperUniqueCardinality" when spec.FieldName is { } name && names.IndexOf(name) is >= 0 and var column =>
            new ColumnExpression.Field(column),
        "thetaSketchEstimate" => Parse(spec.Field, names, depth + 1),
        "constant" when spec.Value is { ValueKind: JsonValueKind.Number } value => new ColumnExpression.Constant(value.TryGetInt64(out var whole) ? whole : value.GetDouble()),
        "arithmetic" when spec.Fields is { Count: > 1 } fields && ColumnFunctions.Of(spec.Function) is { } function => Chain(function, fields, names, depth),
        _ => null,
    };

    private static ColumnExpression? Chain(ColumnFunction function, IReadOnlyList<PostAggregatorSpec> fields, List<string> names, int depth)
    {
        var left = Parse(fields[0], names, depth + 1);
        for (var i = 1; i < fields.Count && left is not null; i++)
            left = Parse(fields[i], names, depth + 1) is { } right ? new ColumnExpression.Operation(function, left, right) : null;
        return left;
    }
}
