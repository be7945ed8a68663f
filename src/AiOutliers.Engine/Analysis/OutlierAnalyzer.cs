using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Budgets;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Models;
using AiOutliers.Models.Folder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Engine.Analysis;

/// <summary>
/// The main job: from a query, or a response at hand, to scores, verdicts and expected values. The same for HTTP and the command line.
/// </summary>
/// <param name="settings">The configuration.</param>
/// <param name="models">The models that a request can name, or that a sensor has; null when there are none.</param>
/// <param name="source">Null when no data source is configured; then only requests that bring their data can be answered.</param>
/// <param name="clock">Says which buckets have ended.</param>
/// <param name="longComputations">What computes for more than a moment takes its turn here.</param>
/// <param name="logger">Gets what was mended in the data and why a model was not used.</param>
public sealed class OutlierAnalyzer(
    EngineSettings settings, ModelFolder? models, IDruidSource? source, TimeProvider clock, Budget longComputations,
    ILogger<OutlierAnalyzer> logger)
{
    /// <summary>Seven weeks at one minute: half a second of work.</summary>
    private const int LongSeries = 70_000;

    /// <summary>A week at one minute: a model computes some six times as long for a row.</summary>
    private const int LongModelSeries = 10_000;

    private readonly IDetector _defaultDetector = DetectorCatalog.Create(settings.DefaultDetector, settings);
    private readonly ModelChoice _models = new(models, settings.Traffic.Sensors, logger);
    private readonly RequestedRows _rows = new(settings, source, clock);

    internal TrafficSchema Traffic => settings.Traffic;

    /// <summary>Rows kept in memory; null without a data source.</summary>
    public HistoryCache? HistoryCache => _rows.Cache;

    /// <summary>What rows kept in memory take.</summary>
    public long CachedBytes => _rows.Cache?.Bytes ?? 0;

    /// <summary>Of rows at hand, without models.</summary>
    public static OutlierAnalyzer OfRows(EngineSettings settings)
    {
        var longComputations = new Budget("long-computations", Math.Max(1, Environment.ProcessorCount - 1));
        return new(settings, models: null, source: null, TimeProvider.System, longComputations, NullLogger<OutlierAnalyzer>.Instance);
    }

    /// <summary>Judges each metric by itself, over the same rows; one where the request names no more.</summary>
    /// <exception cref="AnalysisException">Any failure that is understood, with its stage.</exception>
    public async Task<JointReport> AnalyzeAsync(AnalysisRequest request, CancellationToken cancellation)
    {
        var query = request.Table is null && request.Data is null && request.Query is { } text
            ? AnalysisException.AtStage(AnalysisStage.Query, () => DruidQuery.Parse(text.Span))
            : null;
        var atHand = query is null ? RequestedRows.AtHand(request) : null;
        var model = AnalysisException.AtStage(AnalysisStage.Detection, () => _models.Of(request, query));
        var rows = atHand ?? await _rows.FetchAsync(query!, model, request, cancellation);
        var isLong = rows.Table.Rows > (model is null ? LongSeries : LongModelSeries);
        using var turn = isLong ? await EnterAsync(cancellation) : null;
        var report = AnalysisException.AtStage(AnalysisStage.Detection, () => Judge(rows, model, request, query, cancellation));
        foreach (var warning in report.Warnings)
            logger.LogWarning("{Warning}", warning);
        return report;
    }

    /// <summary>A turn for what computes for more than a moment.</summary>
    public ValueTask<BudgetTurn> EnterAsync(CancellationToken cancellation) => longComputations.EnterAsync(null, cancellation);

    /// <summary>Judges rows at hand; the caller has a turn where there are many.</summary>
    /// <param name="request">Brings the rows, and says how they are judged.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">They cannot be judged.</exception>
    public JointReport JudgeRows(AnalysisRequest request, CancellationToken cancellation) =>
        JudgeOne(RequestedRows.AtHand(request), request, null, cancellation);

    /// <summary>Judges one of many series; the caller has a turn for all of them.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="request">How it is judged, and what the series is.</param>
    /// <param name="query">What all of them came from; null for rows at hand.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">It cannot be judged.</exception>
    internal JointReport JudgeOne(FetchedRows rows, AnalysisRequest request, DruidQuery? query, CancellationToken cancellation) =>
        Judge(rows, _models.Of(request, null), request, query, cancellation);

    private JointReport Judge(FetchedRows rows, Model? model, AnalysisRequest request, DruidQuery? query, CancellationToken cancellation)
    {
        rows = CompleteBuckets.Of(rows, request, clock.GetUtcNow() - settings.IngestionDelay, fromQuery: query is not null);
        var (table, first, count) = (rows.Table, rows.First, rows.Count);
        var detector = model?.Detector ?? request.Detector ?? _defaultDetector;
        var started = clock.GetTimestamp();
        var (from, until) = (table.Times[first], table.Times[first + count - 1] + Math.Max(1, table.StepMilliseconds));
        var history = first == 0
            ? HistoryReport.None with { Warning = rows.Warning }
            : new HistoryReport(first, table.Times[0], rows.Cached, rows.Warning);
        var asked = table.Slice(first, count);
        AnalysisReport[] reports = [.. MetricsOf(table, request.Metrics, model, query).Select(ReportOn)];
        return new(reports) { Judged = table, Elapsed = clock.GetElapsedTime(started) };

        AnalysisReport ReportOn(string metric)
        {
            var result = detector.Detect(table, metric, cancellation, request.ExplainsRows ? first : table.Rows)
                .Slice(first, count, from, until)
                .Named(table, request, query, metric);
            return new(asked, metric, detector.Name, model?.Name, result, history);
        }
    }

    private IReadOnlyList<string> MetricsOf(MetricTable table, string? named, Model? model, DruidQuery? query)
    {
        if (named is null)
        {
            string[] preferred = [settings.Metric, settings.Traffic.MonitorMetric];
            return [model is null ? MetricChoice.Of(table, preferred, Results(query)) : settings.Metric];
        }
        var metrics = MetricChoice.Named(table, named);
        return model is null || metrics.Count == 1 ? metrics : throw new AiOutliersException(ErrorKind.BadInput,
            $"the model '{model.Name}' judges its metrics together, so it takes one of {string.Join(", ", metrics)}; "
            + "name one, or add --detector to judge each without a model");
    }

    /// <summary>The results of a query in its own order.</summary>
    private static IEnumerable<string> Results(DruidQuery? query) =>
        (query?.Aggregations ?? [])
            .Select(static aggregation => aggregation.OutputName)
            .Concat((query?.PostAggregations ?? []).Select(static post => post.Name))
            .OfType<string>();
}
