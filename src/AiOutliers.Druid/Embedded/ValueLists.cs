using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// The values of <c>in</c> filters: ten thousand addresses are one parameter, which costs no planning and is looked up by its hash.
/// </summary>
internal static class ValueLists
{
    /// <summary>Shorter lists, and all but the first few, are searched from one end.</summary>
    private const int Long = 100;

    /// <summary>The query without the values that its filter lists.</summary>
    public static DruidQuery Without(DruidQuery query) =>
        query.Filter is { } filter ? query with { Filter = Without(filter) } : query;

    /// <param name="parameters">Tells whether the list may be joined.</param>
    /// <param name="list">The parameter that holds the values, none of them null.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="value">What is looked for.</param>
    /// <returns>The condition that it is one of them; null where it is null.</returns>
    public static string Contains(SqlParameters parameters, string list, int count, string value) =>
        count > Long && parameters.MayJoinList()
        ? $"({value} IN (SELECT unnest({list})))"
        : $"(CASE WHEN {value} IS NOT NULL THEN list_contains({list}, {value}) END)";

    private static FilterSpec Without(FilterSpec filter) => filter with
    {
        Values = filter.Values is null ? null : [],
        Fields = filter.Fields is { } fields ? [.. fields.Select(Without)] : null,
        Field = filter.Field is { } field ? Without(field) : null,
    };
}
