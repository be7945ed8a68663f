using System.Globalization;
using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>One row per bucket and combination of dimensions that has rows.</summary>
internal static class GroupByQuery
{
    /// <returns>
    /// Rows of dimensions and results, with the bucket in front unless the granularity is all; and the dimensions' names.
    /// </returns>
    public static (List<object?[]> Rows, IReadOnlyList<string> Dimensions) Run(
        DruidQuery query, AggregatedQuery aggregated, SqlRunner runner)
    {
        var (sql, keys) = Statement(query, aggregated, ordered: true);
        return (sql is null ? [] : runner.Run(sql, aggregated.Parameters), [.. keys.Select(static key => key.Name)]);
    }

    /// <param name="query">The query.</param>
    /// <param name="aggregated">The same.</param>
    /// <param name="ordered">Whether the order of the rows matters.</param>
    /// <returns>The statement, null where the answer has no rows; and what it groups by.</returns>
    public static (string? Sql, IReadOnlyList<GroupKey> Keys) Statement(DruidQuery query, AggregatedQuery aggregated, bool ordered)
    {
        if (query.Other?.TryGetValue("subtotalsSpec", out var subtotals) == true && subtotals.ValueKind != JsonValueKind.Null)
            throw Unsupported.Feature("a subtotalsSpec");
        if (query.ContextFlag("sortByDimsFirst"))
            throw Unsupported.Feature("sortByDimsFirst");
        var keys = (query.Dimensions ?? []).Select(dimension => GroupKey.Of(dimension, aggregated.Column, noneIsNull: true)).ToArray();
        var byBucket = !aggregated.Buckets.IsAll;
        if (byBucket && aggregated.Time.Parts.Count == 0)
            return (null, keys);
        var sql = $"SELECT * FROM ({aggregated.Sql(keys, byBucket)})";
        if (query.Having is not null)
            sql += $" WHERE {HavingSql.Translate(query.Having, aggregated, keys)}";
        if (ordered || query.LimitSpec is not null)
            sql += OrderBy(query.LimitSpec, aggregated, keys, byBucket);
        if (query.LimitSpec?.Limit is { } limit)
            sql += string.Create(CultureInfo.InvariantCulture, $" LIMIT {limit}");
        if (query.LimitSpec?.Offset is { } offset)
            sql += string.Create(CultureInfo.InvariantCulture, $" OFFSET {offset}");
        return (sql, keys);
    }

    /// <summary>By time, then as asked, then by the dimensions that were not named.</summary>
    private static string OrderBy(LimitSpec? limit, AggregatedQuery aggregated, IReadOnlyList<GroupKey> keys, bool byBucket)
    {
        var terms = new List<string>();
        if (byBucket)
            terms.Add(AggregatedQuery.Bucket);
        var columns = limit?.Columns ?? [];
        foreach (var column in columns)
        {
            var name = column.Dimension ?? "";
            var isKey = keys.Any(key => key.Name == name);
            if (!isKey && aggregated.Result(name) is null)
                throw Unsupported.Wrong($"its limitSpec orders by '{name}', which is neither a dimension nor an aggregation of it");
            var value = (isKey, column.Order) switch
            {
                (false, _) or (true, null or "lexicographic") => Column.Quote(name),
                (true, "numeric") => $"try_cast({Column.Quote(name)} AS DOUBLE)",
                (true, "strlen") => $"length({Column.Quote(name)}::VARCHAR)",
                _ => throw Unsupported.Feature($"the order '{column.Order}' of a limitSpec"),
            };
            terms.Add(value + (column.Descending ? " DESC NULLS LAST" : " ASC NULLS FIRST"));
        }
        terms.AddRange(keys
            .Where(key => columns.All(column => column.Dimension != key.Name))
            .Select(static key => Column.Quote(key.Name) + " ASC NULLS FIRST"));
        return terms.Count == 0 ? "" : " ORDER BY " + string.Join(", ", terms);
    }
}
