using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>
/// A metric that can be split among the values of dimensions: a count or a sum, whose value for all rows is the sum of its values for the
/// parts of them; the ratio of two of them; or one of these times a constant.
/// </summary>
/// <param name="Aggregator">What Druid sums up; of a ratio the numerator.</param>
/// <param name="Factor">What the sum, or the ratio, is multiplied by.</param>
/// <param name="Per">Of a ratio the denominator; else null.</param>
public sealed record SplitMeasure(AggregatorSpec Aggregator, double Factor = 1, AggregatorSpec? Per = null)
{
    private static readonly AggregatorSpec Count = new() { Type = "count", Name = "rows" };

    public bool IsRatio => Per is not null;

    /// <summary>Counts the rows that have something of the sum: events, whose mean is the size of one.</summary>
    public AggregatorSpec Events => EventsOf(Aggregator);

    /// <exception cref="AiOutliersException">The query has no such metric, or it cannot be split.</exception>
    public static SplitMeasure Of(DruidQuery query, string metric) => Find(query, metric) ?? throw new AiOutliersException(
        ErrorKind.BadInput,
        $"the metric '{metric}' does not add up over the values of a dimension, as counts, sums and their ratios do, "
            + "so its causes cannot be told" + (Additive(query) is { Length: > 0 } others ? $"; ask about {others}" : ""));

    /// <summary>Null where the metric cannot be split.</summary>
    /// <exception cref="AiOutliersException">The query has no such metric.</exception>
    public static SplitMeasure? Find(DruidQuery query, string metric)
    {
        if (query.Aggregations?.FirstOrDefault(own => own.OutputName == metric) is { } aggregator)
            return IsAdditive(aggregator) ? new(aggregator) : null;
        var post = query.PostAggregations?.FirstOrDefault(own => own.Name == metric) ?? throw new AiOutliersException(
            ErrorKind.BadInput, $"'{metric}' is not a metric of the query");
        return Of(post, query) is { Field: { } field } term && IsAdditive(field) && (term.Per is null || IsAdditive(term.Per))
            ? new(field, term.Factor, term.Per)
            : null;
    }

    private static string Additive(DruidQuery query) => string.Join(", ",
        (query.Aggregations ?? []).Where(IsAdditive).Select(static aggregator => aggregator.OutputName));

    private static bool IsAdditive(AggregatorSpec aggregator) => aggregator.Type switch
    {
        "count" or "longSum" or "doubleSum" or "floatSum" => true,
        "filtered" => aggregator.Aggregator is { } inner && IsAdditive(inner),
        _ => false,
    };

    private static AggregatorSpec EventsOf(AggregatorSpec aggregator) => aggregator switch
    {
        { Aggregator: { } inner } => aggregator with { Aggregator = EventsOf(inner) },
        { FieldName: { } column } => new() { Type = "filtered", Filter = IsPositive(column), Aggregator = Count },
        _ => Count,
    };

    private static FilterSpec IsPositive(string column) =>
        new() { Type = "bound", Dimension = column, Lower = QueryParts.Json("0"), LowerStrict = true, Ordering = "numeric" };

    /// <summary>A post-aggregation as an aggregation over another, times a constant; null where it is anything else.</summary>
    private static Term? Of(PostAggregatorSpec post, DruidQuery query) => post.Type switch
    {
        "constant" when post.Value is { ValueKind: JsonValueKind.Number } value => new(null, null, value.GetDouble()),
        "fieldAccess" or "finalizingFieldAccess" => query.Aggregations?.FirstOrDefault(own => own.OutputName == post.FieldName) is { } field
            ? new(field, null, 1)
            : null,
        "arithmetic" when post.Function is "*" or "/" or "quotient" && post.Fields is { Count: > 0 } fields =>
            fields.Skip(1).Aggregate(
                Of(fields[0], query), (left, next) => post.Function == "*" ? Times(left, Of(next, query)) : Over(left, Of(next, query))),
        _ => null,
    };

    private static Term? Times(Term? left, Term? right) => (left, right) switch
    {
        ({ } one, { IsConstant: true } other) => one with { Factor = one.Factor * other.Factor },
        ({ IsConstant: true } one, { } other) => other with { Factor = one.Factor * other.Factor },
        _ => null,
    };

    private static Term? Over(Term? left, Term? right) => (left, right) switch
    {
        ({ } one, { IsConstant: true } other) => one with { Factor = one.Factor / other.Factor },
        ({ Field: not null, Per: null } one, { Field: { } field, Per: null } other) => new(one.Field, field, one.Factor / other.Factor),
        _ => null,
    };

    private sealed record Term(AggregatorSpec? Field, AggregatorSpec? Per, double Factor)
    {
        public bool IsConstant => Field is null;
    }
}
