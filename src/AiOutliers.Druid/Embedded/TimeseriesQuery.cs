using System.Globalization;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>One row per bucket. Empty buckets are filled unless <c>skipEmptyBuckets</c> says otherwise.</summary>
internal static class TimeseriesQuery
{
    public static IReadOnlyList<TimeseriesRow> Run(DruidQuery query, AggregatedQuery aggregated, SqlRunner runner)
    {
        var rows = aggregated.Buckets.IsAll
            ? [new TimeseriesRow(aggregated.Time.OfAll, One(aggregated, runner))]
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

    /// <summary>For answers that the database computes to the end: expressions, a limit, the other order.</summary>
    public static MetricTable Table(DruidQuery query, AggregatedQuery aggregated, SqlRunner runner, CancellationToken cancellation)
    {
        var builder = new MetricTableBuilder();
        var columns = aggregated.Names.Select(builder.ColumnOf).ToArray();
        foreach (var row in Run(query, aggregated, runner))
        {
            if (row.Time is not { } time)
                continue;
            cancellation.ThrowIfCancellationRequested();
            builder.AddRow(time, aggregated.Buckets.ZonedText(time));
            for (var c = 0; c < columns.Length; c++)
                builder.Set(columns[c], Number(row.Values.Span[c], aggregated.Names[c]));
        }
        return builder.Build();
    }

    public static double Number(object? value, string name) => value switch
    {
        null => double.NaN,
        IConvertible number and not string => number.ToDouble(CultureInfo.InvariantCulture),
        _ => throw Unsupported.Wrong($"'{name}' is not a number; a series holds numbers only"),
    };

    private static List<TimeseriesRow> Bucketed(DruidQuery query, AggregatedQuery aggregated, SqlRunner runner)
    {
        if (aggregated.Time.Parts.Count == 0)
            return [];
        var found = runner.Run($"{aggregated.Sql([], byBucket: true)} ORDER BY {AggregatedQuery.Bucket}", aggregated.Parameters);
        var known = found.ConvertAll(static row => new TimeseriesRow((long)row[0]!, row.AsMemory(1)));
        return query.ContextFlag("skipEmptyBuckets") ? known : Fill(known, aggregated, runner);
    }

    private static List<TimeseriesRow> Fill(List<TimeseriesRow> known, AggregatedQuery aggregated, SqlRunner runner)
    {
        var starts = aggregated.Time.AllBuckets();
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
