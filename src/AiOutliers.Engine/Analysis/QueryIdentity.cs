using System.Text;
using System.Text.Json;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis;

/// <summary>
/// What a series is, whoever asks for it: a query without its interval, and the values that its filter and its key pin. One sensor asked
/// alone, by a filter, and the same sensor as one of many, by a key, are one series.
/// </summary>
internal sealed class QueryIdentity
{
    private readonly string _rest;
    private readonly IReadOnlyCollection<string> _pins;

    private QueryIdentity(string rest, IReadOnlyCollection<string> pins) => (_rest, _pins) = (rest, pins);

    /// <param name="query">Null for rows that came without one: they are known by their key alone.</param>
    public static QueryIdentity Of(DruidQuery? query)
    {
        var pins = new List<string>();
        return new(query is null ? "" : RestOf(query, pins), pins);
    }

    /// <param name="key">Which of the query's series.</param>
    public string With(SeriesKey key)
    {
        var pins = key.Parts.Select(static part => Pin(part.Key, part.Value)).Union(_pins).Order(StringComparer.Ordinal);
        return $"{_rest}\0{string.Join('\0', pins)}";
    }

    private static string RestOf(DruidQuery query, List<string> pins)
    {
        var own = query.Dimensions ?? [];
        var isPlain = query.QueryType == "groupBy" && own.All(static dimension => dimension.Text is not null);
        var alone = query with
        {
            QueryType = isPlain ? "timeseries" : query.QueryType,
            Dimensions = isPlain ? null : query.Dimensions,
            LimitSpec = query.LimitSpec?.Limit is null && query.LimitSpec?.Offset is null ? null : query.LimitSpec,
            Filter = Without(query.Filter, pins),
            Context = query.Context?.Where(static entry => entry.Key != "skipEmptyBuckets").ToDictionary(),
        };
        return BucketedQuery.Of(alone)?.Key ?? Encoding.UTF8.GetString((alone with { Intervals = null, Context = null }).ToUtf8Json());
    }

    /// <summary>What is left of a filter when the values that it pins are taken out of it.</summary>
    private static FilterSpec? Without(FilterSpec? filter, List<string> pins)
    {
        if (filter is null)
            return null;
        if (Pinned(filter) is { } pin)
        {
            pins.Add(pin);
            return null;
        }
        if (filter is not { Type: "and", Fields: { } fields })
            return filter;
        FilterSpec[] left = [.. fields.Select(field => Without(field, pins)).OfType<FilterSpec>()];
        return left switch { [] => null, [var one] => one, _ => filter with { Fields = left } };
    }

    private static string? Pinned(FilterSpec filter) => filter switch
    {
        { Type: "selector", Dimension: { } dimension, Value: { ValueKind: JsonValueKind.String } value, Other: null }
            => Pin(dimension, value.GetString()!),
        { Type: "equals", Column: { } column, MatchValue: { ValueKind: JsonValueKind.String } value } => Pin(column, value.GetString()!),
        { Type: "in", Dimension: { } dimension, Values: [{ ValueKind: JsonValueKind.String } value], Other: null }
            => Pin(dimension, value.GetString()!),
        _ => null,
    };

    private static string Pin(string dimension, string value) => $"{dimension.Length}:{dimension}={value}";
}
