using System.Text.Json;
using AiOutliers.Detection;
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
                Dimensions = [.. by.Select(Dimension)],
                Context = query.Context?.Where(static entry => entry.Key is not ("skipEmptyBuckets" or "grandTotal")).ToDictionary(),
                Limit = null,
                Descending = null,
            };
        }
        var own = Dimensions(query);
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

    /// <summary>Whether a query's answer has many series.</summary>
    public static bool HasKeys(DruidQuery query) => query.QueryType is "groupBy" or "topN";

    private static DimensionSpec Dimension(string name) => DimensionSpec.From(JsonValueOf(name));

    private static JsonElement JsonValueOf(string text) => JsonSerializer.SerializeToElement(text, DruidQueryJson.Default.String);

    private static IEnumerable<string> Dimensions(DruidQuery query) =>
        (query.Dimensions ?? []).Append(query.Dimension).Select(static dimension => dimension?.OutputName).OfType<string>();
}
