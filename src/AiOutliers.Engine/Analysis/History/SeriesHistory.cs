using AiOutliers.Detection;
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
    /// <exception cref="AiOutliersException">The query itself failed.</exception>
    public async Task<FetchedSeries> QueryAsync(DruidQuery query, HistorySpan? history, CancellationToken cancellation)
    {
        var span = history ?? settings.Span;
        var asked = span.IsOff ? null : BucketedQuery.Of(query);
        if (asked is null)
            return await AsItCameAsync(query, warning: null, cancellation);
        var from = asked.Before(span.For(asked.Width), settings.Rows);
        if (await _begins.OfAsync(query.DataSource, cancellation) is { } begin)
            from = Math.Min(asked.From, Math.Max(from, asked.AtOrAfter(begin)));
        if (from == asked.From)
            return await AsItCameAsync(query, warning: null, cancellation);
        try
        {
            var series = await source.SeriesAsync(asked.StartingAt(from).ToUtf8Json(), cancellation);
            return new(series, asked.Coverage with { From = from }, asked.From, Warning: null) { Origin = NamedIncidents.OriginOf(query) };
        }
        catch (AiOutliersException error) when (error.InnerException is not HttpRequestException)
        {
            return await AsItCameAsync(query,
                $"The rows before the interval could not be fetched; the asked rows are judged alone: {error.Message}", cancellation);
        }
    }

    private async Task<FetchedSeries> AsItCameAsync(DruidQuery query, string? warning, CancellationToken cancellation) =>
        new(await source.SeriesAsync(query.ToUtf8Json(), cancellation), QueryBuckets.CoverageOf(query), AskedFrom: null, warning)
        {
            Origin = NamedIncidents.OriginOf(query),
        };
}
