using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>One row per bucket. Empty buckets are filled unless <c>skipEmptyBuckets</c> says otherwise.</summary>
internal static class TimeseriesQuery
{
    public static IReadOnlyList<TimeseriesRow> Run(DruidQuery query, AggregatedQuery aggregated, SqlRunner runner)
    {
        var rows = aggregated.Buckets.IsAll
            ? [new TimeseriesRow(aggregated.TimeOfAll, One(aggregated, runner))]
            : Bucketed(query, aggregated, runner);
        if (query.Descending == true)
            rows.Reverse();
        if (query.Limit < 0)
            throw Unsupported.Wrong("its limit is below 0");
        if (query.Limit is { } limit && limit < rows.Count)
            rows.RemoveRange(limit, rows.Count - limit);
        if (query.ContextFlag("grandTotal"))
            rows.Add(new(null, One(aggregated, runner)));
        return rows;
    }

    private static List<TimeseriesRow> Bucketed(DruidQuery query, AggregatedQuery aggregated, SqlRunner runner)
    {
        if (aggregated.Covered.Count == 0)
            return [];
        var found = runner.Run($"{aggregated.Sql([], byBucket: true)} ORDER BY {AggregatedQuery.Bucket}", aggregated.Parameters);
        var known = found.ConvertAll(static row => new TimeseriesRow((long)row[0]!, row.AsMemory(1)));
        return query.ContextFlag("skipEmptyBuckets") ? known : Fill(known, aggregated, runner);
    }

    private static List<TimeseriesRow> Fill(List<TimeseriesRow> known, AggregatedQuery aggregated, SqlRunner runner)
    {
        var starts = aggregated.AllBuckets();
        if (starts.Count == known.Count)
            return known;
        var empty = One(aggregated, runner, noRows: true);
        var filled = new List<TimeseriesRow>(starts.Count);
        var next = 0;
        foreach (var start in starts)
            filled.Add(next < known.Count && known[next].Time == start ? known[next++] : new(start, empty));
        return filled;
    }

    private static Memory<object?> One(AggregatedQuery aggregated, SqlRunner runner, bool noRows = false)
    {
        // Without any aggregation the one column is a placeholder.
        var row = runner.Run(aggregated.Sql([], byBucket: false, noRows), aggregated.Parameters)[0];
        return row.AsMemory(row.Length - aggregated.Names.Count);
    }
}
