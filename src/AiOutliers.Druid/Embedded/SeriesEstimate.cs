using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// How many series a groupBy has, before the database groups by them: it would hold all of them, and hand over the first one only then.
/// The estimate (HyperLogLog) reads the keys once and takes next to no memory.
/// </summary>
internal static class SeriesEstimate
{
    /// <summary>Its standard error is about an eighth: beyond so many times the limit there are too many for certain.</summary>
    private const int Certain = 2;

    /// <exception cref="TooLargeException">There are far more than are allowed.</exception>
    public static void Check(DruidQuery query, DataTable table, SqlRunner runner, int most)
    {
        if (query.QueryType != "groupBy" || query.Dimensions is not { Count: > 0 } || most > int.MaxValue / Certain)
            return;
        // Most of the groups may not be in the answer.
        if (query.Having is not null || query.LimitSpec?.Limit <= most)
            return;
        // Without the aggregations: their parameters would be without a place.
        var rows = new AggregatedQuery(query with { Aggregations = null, PostAggregations = null }, table);
        var keys = query.Dimensions.Select(dimension => GroupKey.Of(dimension, rows.Column, noneIsNull: true)).ToArray();
        var names = string.Join(", ", keys.Select(static key => Column.Quote(key.Name)));
        var count = 0L;
        runner.Read(
            $"SELECT approx_count_distinct({(keys.Length == 1 ? names : $"row({names})")}) FROM ({rows.Keys(keys)})", rows.Parameters,
            row => count = row.GetInt64(0), valuesPerRow: 1);
        if (count > (long)most * Certain)
            throw TooLargeException.Series($"about {Rounded(count):N0}", most);
    }

    /// <summary>Two digits: more are not known.</summary>
    private static long Rounded(long count)
    {
        var unit = (long)Math.Pow(10, Math.Max(0, (int)Math.Log10(count) - 1));
        return (count + unit / 2) / unit * unit;
    }
}
