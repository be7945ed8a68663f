using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>
/// A timeseries or groupBy query as a stretch of whole buckets whose begin can be moved: the same question about the
/// weeks before. Filter, virtual columns, aggregations, granularity and further intervals stay as they came. Times are
/// milliseconds since 1970.
/// </summary>
public sealed class BucketedQuery
{
    /// <summary>Parts of the context that change no row.</summary>
    private static readonly string[] WithoutEffect =
        ["queryId", "sqlQueryId", "subQueryId", "timeout", "priority", "lane", "useCache", "populateCache"];

    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    private readonly DruidQuery _query;
    private readonly TimeBuckets _buckets;
    private readonly IReadOnlyList<Interval> _intervals;

    private BucketedQuery(DruidQuery query, TimeBuckets buckets, IReadOnlyList<Interval> intervals, Granularity width)
    {
        (_query, _buckets, _intervals) = (query, buckets, intervals);
        Width = TimeSpan.FromSeconds(width.Seconds);
        From = buckets.StartOf(intervals[0].Start);
        FirstEnd = intervals[0].End;
    }

    /// <summary>The width of a bucket; a month counts as 30 days.</summary>
    public TimeSpan Width { get; }

    /// <summary>The start of the first bucket that is asked for.</summary>
    public long From { get; }

    /// <summary>Where the first interval ends; the others lie behind it.</summary>
    public long FirstEnd { get; }

    /// <summary>What the query says of its buckets.</summary>
    public Coverage Coverage => QueryBuckets.CoverageOf(_query);

    /// <summary>How long the query may take.</summary>
    public TimeSpan TimeLimit => QueryTimeout.Of(_query);

    /// <summary>
    /// Null where no buckets can be added before the query: it has another type, the granularity all or none, an interval
    /// without length, or an interval or a granularity in a form that is not known here.
    /// </summary>
    public static BucketedQuery? Of(DruidQuery query)
    {
        try
        {
            if (!CanGrow(query) || query.Granularity is null || QueryBuckets.Width(query.Granularity) is not { } width)
                return null;
            var intervals = QueryIntervals.Parse(query.Intervals);
            return intervals[0].Start < intervals[0].End ? new(query, BucketParser.Parse(query.Granularity), intervals, width) : null;
        }
        catch (AiOutliersException)
        {
            // Druid may know more forms than this project does: it gets the query as it came.
            return null;
        }
    }

    /// <summary>
    /// Whether more buckets leave the rows of the others as they are. A limit of a groupBy, or the top of a topN, may cut elsewhere.
    /// </summary>
    private static bool CanGrow(DruidQuery query) =>
        query.QueryType == "timeseries" && !(query.Limit <= 0)
        || query.QueryType == "groupBy" && query.LimitSpec?.Limit is null && query.Having is null;

    /// <summary>The start of the bucket in which a span of time before the asked rows begins.</summary>
    /// <param name="span">How far to go back.</param>
    /// <param name="buckets">But not further than so many buckets.</param>
    public long Before(TimeSpan span, int buckets)
    {
        var milliseconds = Math.Min(span.TotalMilliseconds, buckets * Width.TotalMilliseconds);
        var start = Math.Max(From - (long)milliseconds, Earliest + (long)Width.TotalMilliseconds);
        return Math.Min(From, _buckets.StartOf(start));
    }

    /// <summary>The start of the first bucket that begins at this time or later.</summary>
    public long AtOrAfter(long time) => _buckets.StartOf(time) is var start && start == time ? start : _buckets.After(start);

    /// <summary>The start of the bucket that a time lies in.</summary>
    public long StartOf(long time) => _buckets.StartOf(time);

    /// <summary>
    /// The same query from another begin on, as a whole: what cuts an answer (<c>limit</c>, <c>descending</c>,
    /// <c>grandTotal</c>) is left to <see cref="Asked"/>.
    /// </summary>
    /// <param name="from">The start of a bucket.</param>
    /// <param name="limit">How long it may take; null leaves that to the query.</param>
    public DruidQuery StartingAt(long from, TimeSpan? limit = null)
    {
        var intervals = _intervals.Select((interval, i) => i == 0 ? interval with { Start = from } : interval).Select(Text).ToArray();
        return _query with
        {
            Intervals = IntervalsSpec.Of(intervals),
            Limit = null,
            Descending = null,
            Context = Context(static name => true, limit),
        };
    }

    private Dictionary<string, JsonElement>? Context(Func<string, bool> keeps, TimeSpan? limit)
    {
        var context = (_query.Context ?? new Dictionary<string, JsonElement>())
            .Where(entry => entry.Key != "grandTotal" && keeps(entry.Key))
            .OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary();
        if (limit is { } longest)
            context["timeout"] = JsonSerializer.SerializeToElement(Math.Ceiling(longest.TotalMilliseconds), DruidQueryJson.Default.Double);
        return context.Count > 0 ? context : null;
    }

    /// <summary>
    /// Stands for the query without its intervals and without what changes no row: queries with one key ask for rows of one series.
    /// </summary>
    public string Key => Convert.ToHexString(SHA256.HashData((StartingAt(From) with
    {
        Intervals = null,
        Context = Context(static name => !WithoutEffect.Contains(name), limit: null),
    }).ToUtf8Json()));

    /// <summary>
    /// The rows of a longer answer that the query asks for: those from its begin on. Of them <c>limit</c> keeps the
    /// first, or the last if descending.
    /// </summary>
    public (int First, int Count) Asked(MetricTable table)
    {
        var first = table.RowFrom(From);
        var count = table.Rows - first;
        if (_query.Limit is not { } limit || limit >= count)
            return (first, count);
        return _query.Descending == true ? (table.Rows - limit, limit) : (first, limit);
    }

    private static string Text(Interval interval) => $"{Text(interval.Start)}/{Text(interval.End)}";

    private static string Text(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
