using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>
/// Asks for many series as if the weeks before the query's interval had been asked for, too. Nothing is kept in memory. Where the longer
/// query fails, the short one is answered.
/// </summary>
public sealed class SeriesHistory(IDruidSource source, HistorySettings settings, TimeProvider clock)
{
    private readonly DataBegins _begins = new(source, clock);

    /// <param name="query">A timeseries, groupBy or topN query.</param>
    /// <param name="history">How far back to look; null takes the configured span.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="rows">The most rows before those asked for; null takes the configured number.</param>
    /// <param name="fill">Whether buckets without rows are filled as the source fills those of a timeseries.</param>
    /// <exception cref="AiOutliersException">The query itself failed.</exception>
    public async Task<FetchedSeries> QueryAsync(
        DruidQuery query, HistorySpan? history, CancellationToken cancellation, int? rows = null, bool fill = false)
    {
        var span = history ?? settings.Span;
        var asked = span.IsOff ? null : BucketedQuery.Of(query);
        if (asked is null)
            return await AskAsync(new(query, query, QueryBuckets.CoverageOf(query)), fill, cancellation);
        var from = asked.Before(span.For(asked.Width), rows ?? settings.Rows);
        if (await _begins.OfAsync(query.DataSource, cancellation) is { } begin)
            from = Math.Min(asked.From, Math.Max(from, asked.AtOrAfter(begin)));
        if (from == asked.From)
            return await AskAsync(new(query, query, QueryBuckets.CoverageOf(query)), fill, cancellation);
        try
        {
            var coverage = asked.Coverage with { From = from };
            return await AskAsync(new(query, asked.StartingAt(from), coverage) { From = asked.From }, fill, cancellation);
        }
        catch (AiOutliersException error) when (error.InnerException is not HttpRequestException)
        {
            var alone = await AskAsync(new(query, query, QueryBuckets.CoverageOf(query)), fill, cancellation);
            return alone with
            {
                Warning = $"The rows before the interval could not be fetched; the asked rows are judged alone: {error.Message}",
            };
        }
    }

    private async Task<FetchedSeries> AskAsync(Question question, bool fill, CancellationToken cancellation)
    {
        var empty = fill ? EmptyAsync(question.Sent, cancellation) : Task.FromResult<MetricTable?>(null);
        var series = await source.SeriesAsync(question.Sent.ToUtf8Json(), cancellation);
        return new(series, question.Coverage, question.From, Warning: null) { Query = question.Query, Empty = await empty };
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

    /// <param name="Query">As it was asked.</param>
    /// <param name="Sent">With the rows before.</param>
    /// <param name="Coverage">Of what is sent.</param>
    private sealed record Question(DruidQuery Query, DruidQuery Sent, Coverage Coverage)
    {
        /// <summary>Where the asked rows begin; null when there are no others.</summary>
        public long? From { get; init; }
    }
}
