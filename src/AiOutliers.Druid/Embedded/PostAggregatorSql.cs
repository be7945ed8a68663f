using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// Post-aggregations as SQL over the aggregated rows. Arithmetic with null gives null. '/' by zero gives 0, quotient does not.
/// </summary>
internal sealed class PostAggregatorSql(Func<string, Column?> result, SqlParameters parameters)
{
    private const int DeepestNesting = 50;

    /// <summary>Division names its sides twice: sixteen in a row are 65,536 times the first.</summary>
    private const int LongestText = 50_000;

    public Column Translate(PostAggregatorSpec spec, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw Unsupported.Feature($"a post-aggregation nested more than {DeepestNesting} deep");
        return spec.Type switch
        {
            "fieldAccess" or "finalizingFieldAccess" or "hyperUniqueCardinality" => Result(spec.FieldName),
            "thetaSketchEstimate" => Translate(spec.Field ?? throw Unsupported.Wrong("a thetaSketchEstimate has no field"), depth + 1),
            "constant" => Constant(spec),
            "arithmetic" => Arithmetic(spec, depth),
            "doubleGreatest" or "doubleLeast" or "longGreatest" or "longLeast" => Extreme(spec, depth),
            "expression" => ExpressionSql.Translate(
                spec.Expression ?? throw Unsupported.Wrong("an expression is missing"), Result, parameters),
            _ => throw Unsupported.Feature($"the post-aggregation '{spec.Type}'"),
        };
    }

    private Column Arithmetic(PostAggregatorSpec spec, int depth)
    {
        if (spec.Fields is not { Count: > 1 } fields)
            throw Unsupported.Wrong($"the post-aggregation '{spec.Name}' needs at least two fields");
        var left = $"({Translate(fields[0], depth + 1).Sql})::DOUBLE";
        foreach (var field in fields.Skip(1))
        {
            var right = $"({Translate(field, depth + 1).Sql})::DOUBLE";
            left = spec.Function switch
            {
                "+" or "-" or "*" => $"({left} {spec.Function} {right})",
                "/" => $"(CASE WHEN {right} = 0 AND {left} IS NOT NULL THEN 0 ELSE {left} / {right} END)",
                "quotient" => $"({left} / {right})",
                "pow" => $"pow({left}, {right})",
                _ => throw Unsupported.Feature($"the function '{spec.Function}' of a post-aggregation"),
            };
            if (left.Length > LongestText)
                throw Unsupported.Feature($"a post-aggregation with as many fields as '{spec.Name}'");
        }
        return new(left, ColumnKind.Double);
    }

    private Column Extreme(PostAggregatorSpec spec, int depth)
    {
        var fields = (spec.Fields ?? []).Select(field => Translate(field, depth + 1).Sql).ToArray();
        var isLong = spec.Type!.StartsWith("long", StringComparison.Ordinal);
        var (type, kind) = isLong ? ("BIGINT", ColumnKind.Long) : ("DOUBLE", ColumnKind.Double);
        var function = spec.Type.EndsWith("Greatest", StringComparison.Ordinal) ? "greatest" : "least";
        return fields.Length > 0
            ? new($"{function}({string.Join(", ", fields.Select(field => $"({field})::{type}"))})", kind)
            : throw Unsupported.Wrong($"the post-aggregation '{spec.Name}' has no fields");
    }

    private Column Constant(PostAggregatorSpec spec)
    {
        if (spec.Value is not { ValueKind: JsonValueKind.Number } value)
            throw Unsupported.Wrong($"the constant '{spec.Name}' is not a number");
        return value.TryGetInt64(out var whole)
            ? new($"{parameters.Add(whole)}::BIGINT", ColumnKind.Long)
            : new($"{parameters.Add(value.GetDouble())}::DOUBLE", ColumnKind.Double);
    }

    private Column Result(string? name) => name is not null && result(name) is { } column
        ? column
        : throw Unsupported.Wrong($"a post-aggregation names '{name}', which is not an aggregation before it");
}
