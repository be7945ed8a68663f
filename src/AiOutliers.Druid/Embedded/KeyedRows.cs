using System.Globalization;
using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Embedded;

/// <summary>The answer to a groupBy or topN query as many series: rows go from the database into columns, one by one.</summary>
internal static class KeyedRows
{
    public static SeriesSet Run(DruidQuery query, AggregatedQuery aggregated, SqlRunner runner, int mostSeries)
    {
        if (aggregated.Buckets.IsAll)
            throw Unsupported.Wrong("its granularity is 'all', which gives one row for each key; series need one such as PT5M");
        var (sql, keys) = Statement(query, aggregated);
        var builder = new SeriesSetBuilder { MostSeries = mostSeries };
        var dimensions = keys.Select(key => builder.DimensionOf(key.Name)).ToArray();
        var metrics = aggregated.Names.Select(builder.ColumnOf).ToArray();
        if (sql is not null)
        {
            runner.Stream(
                sql,
                aggregated.Parameters,
                row => Add(builder, row, aggregated.Buckets, dimensions, metrics),
                SeriesSetBuilder.MostValues * 3);
        }
        return builder.Build();
    }

    private static (string? Sql, IReadOnlyList<GroupKey> Keys) Statement(DruidQuery query, AggregatedQuery aggregated)
    {
        if (query.QueryType != "topN")
            return GroupByQuery.Statement(query, aggregated, ordered: false);
        var (sql, key) = TopNQuery.Statement(query, aggregated);
        return (sql, [key]);
    }

    /// <summary>A row is the bucket, the dimensions, the results.</summary>
    private static void Add(SeriesSetBuilder builder, DuckDBDataReader row, TimeBuckets buckets, int[] dimensions, int[] metrics)
    {
        Span<byte> utf8 = stackalloc byte[512];
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (row.IsDBNull(1 + i))
                continue;
            var text = Convert.ToString(row.GetValue(1 + i), CultureInfo.InvariantCulture)!;
            if (Encoding.UTF8.TryGetBytes(text, utf8, out var length))
                builder.SetKey(dimensions[i], utf8[..length]);
            else
                builder.SetKey(dimensions[i], Encoding.UTF8.GetBytes(text));
        }
        for (var i = 0; i < metrics.Length; i++)
        {
            var field = 1 + dimensions.Length + i;
            if (!row.IsDBNull(field))
                builder.Set(metrics[i], TimeseriesQuery.Number(row.GetValue(field), builder.Metrics[metrics[i]]));
        }
        var time = row.GetInt64(0);
        builder.AddRow(time, buckets.ZonedText(time));
    }
}
