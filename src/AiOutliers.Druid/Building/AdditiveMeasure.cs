using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>
/// A metric whose value for all rows is the sum of its values for the parts of them: a count, a sum, or one of them times a constant. Only
/// such a metric can be split among the values of dimensions.
/// </summary>
/// <param name="Aggregator">What Druid sums up.</param>
/// <param name="Factor">What the sum is multiplied by.</param>
public sealed record AdditiveMeasure(AggregatorSpec Aggregator, double Factor = 1)
{
    /// <exception cref="AiOutliersException">The query has no such metric, or it does not add up.</exception>
    public static AdditiveMeasure Of(DruidQuery query, string metric) => Find(query, metric) ?? throw new AiOutliersException(
        ErrorKind.BadInput,
        $"the metric '{metric}' does not add up over the values of a dimension, as counts and sums do, so its causes cannot be told"
            + (Additive(query) is { Length: > 0 } others ? $"; ask about {others}" : ""));

    /// <summary>Null where the metric does not add up.</summary>
    /// <exception cref="AiOutliersException">The query has no such metric.</exception>
    public static AdditiveMeasure? Find(DruidQuery query, string metric)
    {
        if (query.Aggregations?.FirstOrDefault(own => own.OutputName == metric) is { } aggregator)
            return IsAdditive(aggregator) ? new(aggregator) : null;
        var post = query.PostAggregations?.FirstOrDefault(own => own.Name == metric) ?? throw new AiOutliersException(
            ErrorKind.BadInput, $"the query has no metric '{metric}'");
        return Scaled(post, query) is { Field: { } field } scaled && IsAdditive(field) ? new(field, scaled.Factor) : null;
    }

    private static string Additive(DruidQuery query) => string.Join(", ",
        (query.Aggregations ?? []).Where(IsAdditive).Select(static aggregator => aggregator.OutputName));

    private static bool IsAdditive(AggregatorSpec aggregator) => aggregator.Type switch
    {
        "count" or "longSum" or "doubleSum" or "floatSum" => true,
        "filtered" => aggregator.Aggregator is { } inner && IsAdditive(inner),
        _ => false,
    };

    /// <summary>A post-aggregation as one aggregation times a constant; null where it is anything else.</summary>
    private static (AggregatorSpec? Field, double Factor)? Scaled(PostAggregatorSpec post, DruidQuery query) => post.Type switch
    {
        "constant" when post.Value is { ValueKind: JsonValueKind.Number } value => (null, value.GetDouble()),
        "fieldAccess" or "finalizingFieldAccess" => query.Aggregations?.FirstOrDefault(own => own.OutputName == post.FieldName) is { } field
            ? (field, 1)
            : null,
        "arithmetic" when post.Function is "*" or "/" && post.Fields is { Count: > 0 } fields =>
            fields.Skip(1).Aggregate(Scaled(fields[0], query), (left, next) => Joined(left, post.Function == "*", Scaled(next, query))),
        _ => null,
    };

    private static (AggregatorSpec? Field, double Factor)? Joined(
        (AggregatorSpec? Field, double Factor)? left, bool times, (AggregatorSpec? Field, double Factor)? right) => (left, right) switch
        {
            ({ } one, { Field: null } other) => (one.Field, times ? one.Factor * other.Factor : one.Factor / other.Factor),
            ({ Field: null } one, { } other) when times => (other.Field, one.Factor * other.Factor),
            _ => null,
        };
}
