using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// What timeseries, topN and groupBy share: rows of some intervals and a filter, grouped by buckets and keys, aggregated,
/// and computed on.
/// </summary>
internal sealed class AggregatedQuery
{
    /// <summary>The start of a row's bucket in the aggregated rows.</summary>
    public const string Bucket = "__bucket";

    private readonly DataTable _table;
    private readonly string _where;
    private readonly List<(string Name, Column Column)> _aggregations;
    private readonly List<(string Name, Column Column)> _computed = [];

    /// <param name="query">The query.</param>
    /// <param name="table">Its data source.</param>
    /// <param name="forColumns">Leave post-aggregations that are arithmetic to <see cref="Arithmetic"/>, all of them or none.</param>
    /// <exception cref="Detection.AiOutliersException">The query is wrong, or uses what the engine does not know.</exception>
    public AggregatedQuery(DruidQuery query, DataTable table, bool forColumns = false)
    {
        Parameters = new SqlParameters();
        _table = VirtualColumns.AddTo(table, query, Parameters);
        Buckets = BucketParser.Parse(query.Granularity);
        Intervals = QueryIntervals.Parse(query.Intervals);
        Time = new(Intervals, table.Segments, Buckets);
        var times = string.Join(" OR ", Intervals.Select(table.Within));
        _where = query.Filter is null ? $"({times})" : $"({times}) AND {new FilterSql(_table, Parameters).Translate(query.Filter)}";
        var aggregators = new AggregatorSql(_table, Parameters);
        _aggregations = [.. (query.Aggregations ?? []).Select(aggregators.Translate)];
        var postAggregations = query.PostAggregations ?? [];
        Arithmetic = forColumns ? ColumnArithmetic.Of(postAggregations, _aggregations) : null;
        // What is computed over columns is translated as well, to find what is wrong. Its constants do not become parameters.
        var posts = new PostAggregatorSql(Result, Arithmetic is null ? Parameters : new SqlParameters());
        foreach (var post in postAggregations)
            _computed.Add((post.Name ?? throw Unsupported.Wrong("a post-aggregation has no name"), posts.Translate(post)));
        Names = [.. _aggregations.Concat(_computed).Select(static column => column.Name)];
        if (Names.GroupBy(static name => name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            throw Unsupported.Wrong($"the name '{twice.Key}' is used twice");
    }

    public SqlParameters Parameters { get; }

    /// <summary>The post-aggregations, where <see cref="Sql"/> leaves them out.</summary>
    public ColumnArithmetic? Arithmetic { get; }

    public int Aggregations => _aggregations.Count;

    /// <summary>What an aggregation gives.</summary>
    public ColumnKind KindOf(int aggregation) => _aggregations[aggregation].Column.Kind;

    public TimeBuckets Buckets { get; }

    public IReadOnlyList<Interval> Intervals { get; }

    public CoveredTime Time { get; }

    /// <summary>The names of the results in order: aggregations, then post-aggregations.</summary>
    public IReadOnlyList<string> Names { get; }

    public Column Column(string name) => _table.Column(name);

    /// <summary>A result by name, as the outer query sees it.</summary>
    public Column? Result(string name)
    {
        foreach (var (known, column) in _aggregations.Concat(_computed))
        {
            if (known == name)
                return new(Embedded.Column.Quote(name), column.Kind);
        }
        return null;
    }

    /// <summary>The keys of each row, not grouped, as a subquery.</summary>
    public string Keys(IReadOnlyList<GroupKey> keys) =>
        $"SELECT {string.Join(", ", keys.Select(static key => As(key.Sql, key.Name)))} FROM {Rows(keys)} WHERE {_where}";

    /// <summary>The aggregated rows as a subquery, with what is computed from them.</summary>
    /// <param name="keys">What to group by besides the bucket.</param>
    /// <param name="byBucket">Group by bucket too; false for granularity all and for totals.</param>
    /// <param name="noRows">Aggregate nothing: what an empty bucket holds.</param>
    public string Sql(IReadOnlyList<GroupKey> keys, bool byBucket, bool noRows = false)
    {
        var source = byBucket && !Buckets.IsFixed ? WithBuckets(Rows(keys)) : Rows(keys);
        var bucket = !byBucket ? null : Buckets.IsFixed ? Buckets.Sql(DataTable.Time) : "__start";
        var groups = new List<string>();
        if (bucket is not null)
            groups.Add($"{bucket} AS {Bucket}");
        groups.AddRange(keys.Select(static key => As(key.Sql, key.Name)));
        var results = _aggregations.Select(static column => As(column.Column.Sql, column.Name));
        var columns = groups.Concat(results).DefaultIfEmpty("1 AS __nothing");
        var grouping = groups.Count == 0 ? "" : $" GROUP BY {string.Join(", ", Enumerable.Range(1, groups.Count))}";
        var inner = $"SELECT {string.Join(", ", columns)} FROM {source} WHERE {(noRows ? $"false AND ({_where})" : _where)}{grouping}";
        if (Arithmetic is not null)
            return inner;
        // Each post-aggregation may name those before it. Aliases do that in one SELECT.
        var computed = string.Concat(_computed.Select(static column => ", " + As(column.Column.Sql, column.Name)));
        return $"SELECT *{computed} FROM ({inner})";
    }

    /// <summary>What stands after FROM: a row of several values once for each.</summary>
    private string Rows(IReadOnlyList<GroupKey> keys) => keys.Aggregate(_table.Sql, static (sql, key) => key.Spread(sql));

    /// <summary>The rows beside the bucket that each lies in, for buckets of different widths.</summary>
    private string WithBuckets(string rows)
    {
        var starts = $"SELECT unnest({Parameters.Add(Time.AllBuckets())}::BIGINT[]) AS __start";
        return $"{rows} AS source ASOF JOIN ({starts}) AS bucket ON source.{DataTable.Time} >= bucket.__start";
    }

    private static string As(string sql, string name) => $"{sql} AS {Embedded.Column.Quote(name)}";
}
