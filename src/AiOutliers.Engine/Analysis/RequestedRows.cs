using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Models;

namespace AiOutliers.Engine.Analysis;

/// <summary>The rows that a request brings, or that its query names, with those before them.</summary>
/// <param name="settings">How much history is wanted.</param>
/// <param name="source">Null when no data source is configured.</param>
/// <param name="clock">Says which buckets have ended.</param>
internal sealed class RequestedRows(EngineSettings settings, IDruidSource? source, TimeProvider clock)
{
    /// <summary>Slices before the asked rows: the first of those is then judged in the middle of slices, as all others are.</summary>
    private const int SlicesBefore = 4;

    private readonly HistoryReader? _history = source is null ? null : new(source, settings.History, settings.IngestionDelay, clock);

    /// <summary>Rows kept in memory; null without a data source.</summary>
    public HistoryCache? Cache => _history?.Cache;

    /// <exception cref="AnalysisException">The request brings no rows, or they cannot be read.</exception>
    public static FetchedRows AtHand(AnalysisRequest request)
    {
        var table = request.Table ?? AnalysisException.AtStage(AnalysisStage.Data, () => request.Data is { } text
            ? DruidResponseReader.Read(text.Span)
            : throw new AiOutliersException(ErrorKind.BadInput,
                "the form has neither a field 'query' (base64 of a Druid native query) "
                    + "nor a field 'data' (base64 of a Druid timeseries response)"));
        var first = request.AskedFrom is { } time ? table.RowFrom(time) : 0;
        return new(table, first, table.Rows - first, Cached: false, Warning: null);
    }

    /// <exception cref="AnalysisException">The data source does not answer, or refuses the query.</exception>
    public Task<FetchedRows> FetchAsync(DruidQuery query, Model? model, AnalysisRequest request, CancellationToken cancellation)
    {
        var wish = new HistoryWish(request.History ?? settings.History.Span, settings.History.Rows, request.Anew);
        return AnalysisException.AtStageAsync(AnalysisStage.Query, FetchAsync(query, model, wish, cancellation));
    }

    private async Task<FetchedRows> FetchAsync(DruidQuery query, Model? model, HistoryWish wish, CancellationToken cancellation)
    {
        if (_history is null)
        {
            throw new AiOutliersException(ErrorKind.SourceFailed,
                "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER, "
                    + "or send the rows in the field 'data'");
        }
        if (model is null)
            return await _history.QueryAsync(query, wish, cancellation);
        query = TrafficQuery.Build(query, settings.Traffic);
        var slice = model.Autoencoder.Profile.SliceRows;
        var rows = await _history.QueryAsync(query, wish with { Rows = Math.Min(wish.Rows, SlicesBefore * slice) }, cancellation);
        // Where rows are missing, a window lies further back.
        return rows.Table.Rows >= slice ? rows : await _history.QueryAsync(query, wish, cancellation);
    }
}
