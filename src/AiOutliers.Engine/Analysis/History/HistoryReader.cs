using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>
/// Asks the data source as if the weeks before a query's interval had been asked for, too. The asked rows always come from the source;
/// complete rows before them are kept in memory, so that the same question a minute later is a short query. Equal questions at once are
/// asked once. Where the longer query fails, the short one is answered.
/// </summary>
internal sealed class HistoryReader(IDruidSource source, HistorySettings settings, TimeSpan ingestionDelay, TimeProvider clock)
{
    /// <summary>The longer query may take this share of the time limit: the short one still has all of its own after it.</summary>
    private const double TimeShare = 1.0 / 3;

    private readonly HistoryCache _cache = new(settings.CacheBytes, clock);
    private readonly DataBegins _begins = new(source, clock);
    private readonly RecentFailures _failures = new(clock);
    private readonly SharedWork<MetricTable> _running = new();

    /// <summary>The rows in memory.</summary>
    public HistoryCache Cache => _cache;

    /// <exception cref="AiOutliersException">The query itself failed.</exception>
    public async Task<FetchedRows> QueryAsync(DruidQuery query, HistoryWish wish, CancellationToken cancellation)
    {
        var asked = wish.Span.IsOff ? null : BucketedQuery.Of(query);
        if (asked is null || asked.From >= clock.GetUtcNow().ToUnixTimeMilliseconds())
            return await AsItCameAsync(query, warning: null, cancellation);
        var from = asked.Before(wish.Span.For(asked.Width), wish.Rows);
        if (await _begins.OfAsync(query.DataSource, cancellation) is { } begin)
            from = Math.Min(asked.From, Math.Max(from, asked.AtOrAfter(begin)));
        if (from == asked.From)
            return await AsItCameAsync(query, warning: null, cancellation);
        var key = asked.Key;
        var known = wish.Anew ? null : _cache.Find(key) as CachedRows;
        if (known is not null && (known.From > from || known.Until < from))
            known = null;
        return await WithHistoryAsync(query, asked, key, from, known, wish.Anew, cancellation);
    }

    private async Task<FetchedRows> WithHistoryAsync(
        DruidQuery query, BucketedQuery asked, string key, long from, CachedRows? known, bool anew, CancellationToken cancellation)
    {
        var fetchedAt = clock.GetUtcNow();
        var start = known is null ? from : Math.Min(asked.From, known.Until);
        if (start < asked.From && _failures.Find(key) is { } before)
            return await AsItCameAsync(query, before, cancellation);
        MetricTable fetched;
        try
        {
            fetched = await FetchAsync(asked, key, start, anew, cancellation);
        }
        catch (AiOutliersException error) when (start < asked.From && error.InnerException is not HttpRequestException)
        {
            var warning = $"The rows before the interval could not be fetched; the asked rows are judged alone: {error.Message}";
            var rows = await AsItCameAsync(query, warning, cancellation);
            _failures.Add(key, warning);
            return rows;
        }
        var all = known is null ? fetched : MetricTable.Join(known.Table.Between(known.From, start), fetched);
        if (!fetched.IsPartial)
            Keep(asked, key, known, all, known?.From ?? from, fetchedAt);
        var whole = all.Between(from, long.MaxValue);
        var (first, count) = asked.Asked(whole);
        return HistoryCut.Of(whole, first, count, asked.Coverage with { From = from }, known is not null);
    }

    private Task<MetricTable> FetchAsync(BucketedQuery asked, string key, long start, bool anew, CancellationToken cancellation)
    {
        var query = asked.StartingAt(start, start < asked.From ? asked.TimeLimit * TimeShare : null);
        var text = query.ToUtf8Json();
        return anew
            ? source.QueryAsync(text, cancellation)
            : _running.RunAsync(key + query.Intervals!.Json.GetRawText(), stop => source.QueryAsync(text, stop), cancellation);
    }

    private async Task<FetchedRows> AsItCameAsync(DruidQuery query, string? warning, CancellationToken cancellation)
    {
        var text = query.ToUtf8Json();
        var table = await _running.RunAsync(Encoding.UTF8.GetString(text), stop => source.QueryAsync(text, stop), cancellation);
        return new(table.Covering(QueryBuckets.CoverageOf(query)), 0, table.Rows, Cached: false, warning);
    }

    /// <summary>
    /// Remembers the rows whose buckets are complete, unless those in memory reach to what was asked for: what follows is asked for anyway.
    /// </summary>
    private void Keep(BucketedQuery asked, string key, CachedRows? known, MetricTable table, long from, DateTimeOffset fetchedAt)
    {
        var now = (fetchedAt - ingestionDelay).ToUnixTimeMilliseconds();
        var until = asked.StartOf(Math.Min(asked.FirstEnd, now));
        if (until > from && !(known?.Until >= Math.Min(asked.From, until)))
            _cache.Put(key, new CachedRows(table.Between(from, until), from, until, known?.FetchedAt ?? fetchedAt));
    }
}
