using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>A timeseries query as the groupBy that answers it for each combination of some dimensions' values.</summary>
public static class KeyedQuery
{
    /// <summary>No row has a value of it.</summary>
    private const string NoSuchColumn = "__no_such_column";

    /// <param name="query">A timeseries query, or a groupBy that has these dimensions already.</param>
    /// <param name="by">The dimensions.</param>
    /// <exception cref="AiOutliersException">The query groups by something else.</exception>
    public static DruidQuery By(DruidQuery query, IReadOnlyList<string> by)
    {
        if (query.QueryType == "timeseries")
        {
            return query with
            {
                QueryType = "groupBy",
                Dimensions = [.. by.Select(QueryParts.Column)],
                Context = query.Context?.Where(static entry => entry.Key is not ("skipEmptyBuckets" or "grandTotal")).ToDictionary(),
                Limit = null,
                Descending = null,
            };
        }
        var own = DimensionsOf(query);
        if (own.Order(StringComparer.Ordinal).SequenceEqual(by.Order(StringComparer.Ordinal)))
            return query;
        throw new AiOutliersException(
            ErrorKind.BadInput,
            $"the query is a {query.QueryType} by {string.Join(", ", own)}, not by {string.Join(", ", by)}; "
            + "leave --by out, or write a timeseries query");
    }

    /// <summary>A groupBy as the timeseries of the same buckets and results over no rows.</summary>
    public static DruidQuery OfNothing(DruidQuery query) => query with
    {
        QueryType = "timeseries",
        Dimensions = null,
        LimitSpec = null,
        Having = null,
        Filter = new() { Type = "selector", Dimension = NoSuchColumn, Value = JsonValueOf("nothing") },
    };

    /// <summary>The same question about another stretch of time.</summary>
    public static DruidQuery Between(this DruidQuery query, TimeWindow window) =>
        query with { Intervals = QueryParts.Intervals([window]), Limit = null };

    /// <summary>Whether a query's answer has many series.</summary>
    public static bool HasKeys(DruidQuery query) => query.QueryType is "groupBy" or "topN";

    /// <summary>The rows of one key of a groupBy's or topN's answer, without the grouping.</summary>
    /// <exception cref="AiOutliersException">The query groups by something that is not a plain column.</exception>
    public static DruidQuery OfKey(DruidQuery query, SeriesKey key)
    {
        var parts = new List<ElementPart>();
        foreach (var dimension in (query.Dimensions ?? []).Append(query.Dimension).OfType<DimensionSpec>())
        {
            if (dimension.Type is not (null or "default"))
                throw new AiOutliersException(ErrorKind.BadInput,
                    $"causes of a series by a dimension of type '{dimension.Type}' cannot be told; group by a plain column");
            parts.Add(new(dimension.Dimension!, key.Parts.FirstOrDefault(part => part.Key == dimension.OutputName).Value));
        }
        return query with { Filter = QueryParts.And(query.Filter, parts), Dimensions = null, Dimension = null };
    }

    private static JsonElement JsonValueOf(string text) => JsonSerializer.SerializeToElement(text, DruidQueryJson.Default.String);

    /// <summary>The names of what makes the series of a groupBy's or topN's answer.</summary>
    public static IEnumerable<string> DimensionsOf(DruidQuery query) =>
        (query.Dimensions ?? []).Append(query.Dimension).Select(static dimension => dimension?.OutputName).OfType<string>();
}
