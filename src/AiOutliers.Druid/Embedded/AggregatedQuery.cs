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

    /// <summary>A year at one minute, and some more.</summary>
    private const int MostBuckets = 600_000;

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
        Covered = [.. Cover()];
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

    /// <summary>The parts of the intervals between the first and last row of each day, the ends inside.</summary>
    public IReadOnlyList<Interval> Covered { get; }

    /// <summary>The names of the results in order: aggregations, then post-aggregations.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The time of the one row of granularity all: the interval's start, or the first row's time where that is later.</summary>
    public long TimeOfAll => Covered.Count > 0 ? Math.Max(Intervals[0].Start, Covered[0].Start) : Intervals[0].Start;

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

    /// <summary>The starts of all buckets that Druid would answer with when it fills the empty ones, in order.</summary>
    public List<long> AllBuckets()
    {
        var expected = Buckets.Width > 0 ? Covered.Sum(part => (part.End - part.Start) / Buckets.Width + 2) : 0;
        var starts = new List<long>((int)Math.Min(MostBuckets, expected));
        foreach (var part in Covered)
        {
            for (var start = Buckets.StartOf(part.Start); start <= part.End; start = Buckets.After(start))
            {
                if (starts.Count == 0 || start > starts[^1])
                    starts.Add(start);
                if (starts.Count > MostBuckets)
                    throw TooManyBuckets();
            }
        }
        return starts;
    }

    private static Detection.AiOutliersException TooManyBuckets() =>
        Unsupported.Wrong($"it has more than {MostBuckets} buckets; choose a coarser granularity or set skipEmptyBuckets");

    /// <summary>The aggregated rows as a subquery, with what is computed from them.</summary>
    /// <param name="keys">What to group by besides the bucket.</param>
    /// <param name="byBucket">Group by bucket too; false for granularity all and for totals.</param>
    /// <param name="noRows">Aggregate nothing: what an empty bucket holds.</param>
    public string Sql(IReadOnlyList<GroupKey> keys, bool byBucket, bool noRows = false)
    {
        var rows = keys.Aggregate(_table.Sql, static (sql, key) => key.Spread(sql));
        var source = byBucket && !Buckets.IsFixed ? WithBuckets(rows) : rows;
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

    /// <summary>The rows beside the bucket that each lies in, for buckets of different widths.</summary>
    private string WithBuckets(string rows)
    {
        var starts = $"SELECT unnest({Parameters.Add(AllBuckets())}::BIGINT[]) AS __start";
        return $"{rows} AS source ASOF JOIN ({starts}) AS bucket ON source.{DataTable.Time} >= bucket.__start";
    }

    private static string As(string sql, string name) => $"{sql} AS {Embedded.Column.Quote(name)}";

    private IEnumerable<Interval> Cover()
    {
        foreach (var interval in Intervals)
        {
            foreach (var segment in _table.Segments)
            {
                var part = new Interval(Math.Max(interval.Start, segment.Start), Math.Min(interval.End - 1, segment.End));
                // The last bucket reaches to its own end, which may lie behind the last row.
                var reach = Buckets.IsAll ? segment.End : Buckets.After(Buckets.StartOf(segment.End)) - 1;
                if (part.Start <= Math.Min(interval.End - 1, reach))
                    yield return part with { End = Math.Max(part.Start, Math.Min(interval.End - 1, reach)) };
            }
        }
    }
}
