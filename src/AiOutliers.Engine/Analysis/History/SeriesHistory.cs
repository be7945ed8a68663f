using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>
/// Asks for many series as if the weeks before the query's interval had been asked for, too. The asked rows always come from the source;
/// complete rows before them are kept in memory where there is a cache. Where the longer query fails, the short one is answered.
/// </summary>
/// <param name="source">The data source.</param>
/// <param name="settings">How far back to look.</param>
/// <param name="clock">Tells what lies in the past.</param>
/// <param name="cache">Where rows are kept; null keeps none.</param>
/// <param name="ingestionDelay">Rows younger than this are not complete.</param>
public sealed class SeriesHistory(
    IDruidSource source, HistorySettings settings, TimeProvider clock, HistoryCache? cache = null, TimeSpan ingestionDelay = default)
{
    private readonly DataBegins _begins = new(source, clock);

    /// <param name="query">A timeseries, groupBy or topN query.</param>
    /// <param name="history">How far back to look; null takes the configured span.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="rows">The most rows before those asked for; null takes the configured number.</param>
    /// <param name="fill">Whether buckets without rows are filled as the source fills those of a timeseries.</param>
    /// <param name="anew">Whether nothing may come from memory.</param>
    /// <exception cref="AiOutliersException">The query itself failed.</exception>
    public async Task<FetchedSeries> QueryAsync(
        DruidQuery query, HistorySpan? history, CancellationToken cancellation, int? rows = null, bool fill = false, bool anew = false)
    {
        var span = history ?? settings.Span;
        var asked = span.IsOff ? null : BucketedQuery.Of(query);
        if (asked is null)
            return await AloneAsync(query, fill, cancellation);
        var from = asked.Before(span.For(asked.Width), rows ?? settings.Rows);
        if (await _begins.OfAsync(query.DataSource, cancellation) is { } begin)
            from = Math.Min(asked.From, Math.Max(from, asked.AtOrAfter(begin)));
        if (from == asked.From)
            return await AloneAsync(query, fill, cancellation);
        var known = new KnownSeries(cache, asked, fill);
        try
        {
            return await WithHistoryAsync(query, asked, from, anew ? null : known.Find(from), known, cancellation);
        }
        catch (AiOutliersException error) when (error.InnerException is not HttpRequestException)
        {
            var alone = await AloneAsync(query, fill, cancellation);
            return alone with
            {
                Warning = $"The rows before the interval could not be fetched; the asked rows are judged alone: {error.Message}",
            };
        }
    }

    private async Task<FetchedSeries> WithHistoryAsync(
        DruidQuery query, BucketedQuery asked, long from, CachedSeries? before, KnownSeries known, CancellationToken cancellation)
    {
        var fetchedAt = clock.GetUtcNow();
        var start = before is null ? from : Math.Min(asked.From, before.Until);
        var (series, empty) = await AskAsync(asked.StartingAt(start), known.IsFilled, cancellation);
        if (before is not null)
        {
            // What is filled is known of both parts, or of none.
            if (before.Empty is null != empty is null || SeriesJoin.Of(before.Series, from, start, series) is not { } joined)
                return await WithHistoryAsync(query, asked, from, before: null, known, cancellation);
            series = joined;
            empty = empty is null ? null : MetricTable.Join(before.Empty!.Between(from, start), empty);
        }
        known.Keep(series, empty, from, before, fetchedAt, fetchedAt - ingestionDelay);
        return new(series, asked.Coverage with { From = from }, asked.From, Warning: null)
        {
            Query = query,
            Empty = empty,
            IsCached = before is not null,
        };
    }

    private async Task<FetchedSeries> AloneAsync(DruidQuery query, bool fill, CancellationToken cancellation)
    {
        var (series, empty) = await AskAsync(query, fill, cancellation);
        return new(series, QueryBuckets.CoverageOf(query), AskedFrom: null, Warning: null) { Query = query, Empty = empty };
    }

    private async Task<(SeriesSet Series, MetricTable? Empty)> AskAsync(DruidQuery sent, bool fill, CancellationToken cancellation)
    {
        var empty = fill ? EmptyAsync(sent, cancellation) : Task.FromResult<MetricTable?>(null);
        var series = await source.SeriesAsync(sent.ToUtf8Json(), cancellation);
        return (series, await empty);
    }

    /// <summary>
    /// What a timeseries answers where nothing happened, and in which buckets: only the data source knows. A filter that lets nothing
    /// through costs it next to nothing.
    /// </summary>
    private async Task<MetricTable?> EmptyAsync(DruidQuery sent, CancellationToken cancellation)
    {
        if (sent.QueryType != "groupBy" || sent.ContextFlag("skipEmptyBuckets"))
            return null;
        try
        {
            return await source.QueryAsync(KeyedQuery.OfNothing(sent).ToUtf8Json(), cancellation);
        }
        catch (AiOutliersException)
        {
            // The question itself says what is wrong; without this one, buckets stay missing.
            return null;
        }
    }
}
