using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// The answer to a timeseries query as a table: the database aggregates, its numbers go straight into their place in the columns, and
/// post-aggregations are computed there. Buckets are put in order here, which costs less than to have them sorted.
/// </summary>
internal static class TimeseriesTable
{
    /// <summary>Whether a query asks for its buckets as they are: no order but that of time, no limit.</summary>
    public static bool Takes(DruidQuery query) => query.Descending != true && query.Limit is null;

    /// <param name="query">One that <see cref="Takes"/> is true for.</param>
    /// <param name="aggregated">The same, with its <see cref="AggregatedQuery.Arithmetic"/>.</param>
    /// <param name="runner">Runs the statements.</param>
    public static MetricTable Run(DruidQuery query, AggregatedQuery aggregated, SqlRunner runner)
    {
        var table = new MetricTableBuilder();
        foreach (var name in aggregated.Names)
            table.ColumnOf(name);
        if (aggregated.Buckets.IsAll)
        {
            table.AddRow(aggregated.Time.OfAll, null);
            Set(table, aggregated, runner, [0], noRows: false);
        }
        else if (aggregated.Time.Parts.Count > 0 && query.ContextFlag("skipEmptyBuckets"))
        {
            Append(table, aggregated, runner);
        }
        else if (aggregated.Time.Parts.Count > 0)
        {
            Place(table, aggregated, runner);
        }
        aggregated.Arithmetic!.Compute(table);
        return table.Build();
    }

    /// <summary>How many buckets have rows is not known before: they come in order.</summary>
    private static void Append(MetricTableBuilder table, AggregatedQuery aggregated, SqlRunner runner) =>
        runner.Read($"{aggregated.Sql([], byBucket: true)} ORDER BY {AggregatedQuery.Bucket}", aggregated.Parameters, row =>
        {
            var start = row.GetInt64(0);
            table.AddRow(start, aggregated.Buckets.ZonedText(start));
            Set(table, aggregated, row, table.Rows - 1);
        }, ValuesPerRow(aggregated));

    /// <summary>All buckets are known before: each goes to its row, in whatever order they come; the others are empty.</summary>
    private static void Place(MetricTableBuilder table, AggregatedQuery aggregated, SqlRunner runner)
    {
        var starts = aggregated.Time.AllBuckets();
        table.Expect(starts.Count);
        foreach (var start in starts)
            table.AddRow(start, aggregated.Buckets.ZonedText(start));
        var (known, found) = (new bool[starts.Count], 0);
        runner.Read(aggregated.Sql([], byBucket: true), aggregated.Parameters, row =>
        {
            var at = RowOf(row.GetInt64(0), starts, aggregated.Buckets.Width);
            Set(table, aggregated, row, at);
            known[at] = true;
            found++;
        }, ValuesPerRow(aggregated));
        if (found < starts.Count)
            Set(table, aggregated, runner, [.. Enumerable.Range(0, known.Length).Where(row => !known[row])], noRows: true);
    }

    /// <summary>Without gaps before it, a bucket's place follows from its start.</summary>
    private static int RowOf(long start, List<long> starts, long width)
    {
        var row = width > 0 ? (start - starts[0]) / width : -1;
        return row >= 0 && row < starts.Count && starts[(int)row] == start ? (int)row : starts.BinarySearch(start);
    }

    /// <summary>One row without a bucket, set in some rows of the table.</summary>
    private static void Set(MetricTableBuilder table, AggregatedQuery aggregated, SqlRunner runner, int[] rows, bool noRows) =>
        runner.Read(aggregated.Sql([], byBucket: false, noRows), aggregated.Parameters, row =>
        {
            foreach (var at in rows)
                Set(table, aggregated, row, at);
        }, ValuesPerRow(aggregated));

    /// <summary>The bucket and all results, as where the database computes them.</summary>
    private static int ValuesPerRow(AggregatedQuery aggregated) => aggregated.Names.Count + 1;

    private static void Set(MetricTableBuilder table, AggregatedQuery aggregated, DuckDBDataReader row, int at)
    {
        // A bucket stands before the aggregations, or, without any, a placeholder.
        var first = row.FieldCount - aggregated.Aggregations;
        for (var column = 0; column < aggregated.Aggregations; column++)
            table.Values(column)[at] = Number(row, first + column, aggregated.KindOf(column));
    }

    private static double Number(DuckDBDataReader row, int field, ColumnKind kind) =>
        row.IsDBNull(field) ? ColumnFunctions.Null : kind == ColumnKind.Long ? row.GetInt64(field) : row.GetDouble(field);
}
