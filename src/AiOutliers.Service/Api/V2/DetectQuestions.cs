using System.Runtime.CompilerServices;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Analysis.Many;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Service.Api.V2;

/// <summary>Gets what a request is about: rows of many series, or the report on one.</summary>
internal sealed class DetectQuestions(
    OutlierAnalyzer analyzer, EngineSettings settings, Explainer? explainer = null, IDruidSource? source = null)
{
    private const string NoSource = "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER, "
        + "or send the rows in data";

    private readonly SeriesSource? _many = source is null ? null : new(source, settings, TimeProvider.System, analyzer.HistoryCache);

    /// <summary>The way of many series; a timeseries has one of its own, with a cache.</summary>
    /// <exception cref="AnalysisException">The rows that were brought along cannot be read.</exception>
    /// <exception cref="AiOutliersException">The question is too large, or the data source refused or failed.</exception>
    public async Task<FetchedSeries?> ManyAsync(DetectRequest request, bool anew, CancellationToken cancellation)
    {
        if (request.Data is { } data)
            return await AnalysisException.AtStageAsync(AnalysisStage.Data, ReadAsync(data, request, cancellation));
        if (source is null)
            throw new AiOutliersException(ErrorKind.BadConfiguration, NoSource);
        if (!KeyedQuery.HasKeys(request.Query!))
            return null;
        var query = request.Query!;
        if (request.Model is not null)
            query = TrafficQuery.Build(query, settings.Traffic);
        var question = new SeriesQuestion(query) { Top = request.Top, TopBy = request.Metrics?[0], History = request.History, Anew = anew };
        return await _many!.FetchAsync(question, cancellation);
    }

    /// <summary>One series, asked for by a query.</summary>
    /// <exception cref="AnalysisException">Any failure that is understood, with its stage.</exception>
    public async Task<JointReport> OneAsync(DetectRequest request, bool anew, CancellationToken cancellation)
    {
        var report = await analyzer.AnalyzeAsync(
            Analysis(request) with { Query = request.Query!.ToUtf8Json(), History = request.History, Anew = anew }, cancellation);
        return ExplainerOf(request) is { } explainer
            ? await explainer.ExplainAsync(report, request.Query!, SeriesKey.None, cancellation)
            : report;
    }

    /// <exception cref="AiOutliersException">The data source of a query without rows does not exist.</exception>
    public Task CheckSourceAsync(DruidQuery query, CancellationToken cancellation) =>
        MissingSource.CheckAsync(source, query, cancellation);

    /// <param name="request">The question.</param>
    /// <param name="rows">Of one series.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<IReadOnlyList<string>> NotesAsync(DetectRequest request, MetricTable? rows, CancellationToken cancellation) =>
        request.Query is { } query && rows is not null
            ? IdleMetrics.NotesAsync(source, query, rows, cancellation)
            : Task.FromResult<IReadOnlyList<string>>([]);

    public IAsyncEnumerable<JudgedSeries> JudgeAsync(FetchedSeries series, DetectRequest request, CancellationToken cancellation)
    {
        var judge = new SeriesJudge(analyzer);
        return ExplainerOf(request) is { } explainer
            ? ExplainedAsync(judge.JudgeAsync(series, Analysis(request), cancellation), explainer, request, cancellation)
            : judge.JudgeAsync(series, Analysis(request), report => JudgedSeries.Of(report, request), cancellation);
    }

    /// <summary>One after the other: which incidents are explained does not depend on who is faster.</summary>
    private static async IAsyncEnumerable<JudgedSeries> ExplainedAsync(
        IAsyncEnumerable<SeriesReport> reports, IncidentExplainer explainer, DetectRequest request,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var report in reports.WithCancellation(cancellation))
        {
            yield return JudgedSeries.Of(report.Report is { } joint
                ? report with { Report = await explainer.ExplainAsync(joint, request.Query!, report.Key, cancellation) }
                : report, request);
        }
    }

    private IncidentExplainer? ExplainerOf(DetectRequest request) => request.Explain is { } how
        ? new(explainer!, settings.Traffic, how.Dimensions, how.Top) { TimeZone = request.TimeZone }
        : null;

    /// <exception cref="RequestException">The rows lack a metric.</exception>
    public static void CheckMetrics(FetchedSeries series, DetectRequest request)
    {
        if (request.Metrics?.Except(series.Series.Metrics).FirstOrDefault() is { } unknown && series.Count > 0)
        {
            throw new RequestException(request.From == "series" ? "/series/metrics" : "/metrics",
                $"'{unknown}' is not a metric of the rows; they have: {string.Join(", ", series.Series.Metrics)}");
        }
    }

    private static AnalysisRequest Analysis(DetectRequest request) => new()
    {
        Detector = request.Detector,
        Model = request.Model,
        // A model runs only where it is named: the same question has the same answer, whatever was trained since.
        ModelOfSensor = false,
        Metrics = request.Metrics is null ? null : string.Join(',', request.Metrics),
    };

    private static async Task<FetchedSeries> ReadAsync(ReadOnlyMemory<byte> data, DetectRequest request, CancellationToken cancellation)
    {
        var layout = request.By is { } by ? new AnswerLayout { Dimensions = by, IsStrict = true } : AnswerLayout.ByContent;
        using var stream = new MemoryStream(data.ToArray(), writable: false);
        var series = await SeriesReader.ReadAsync(stream, lines: false, layout, cancellation);
        if (request.By?.Except(series.Dimensions).FirstOrDefault() is { } unknown && series.Rows > 0)
            throw new AiOutliersException(ErrorKind.BadInput, $"no row has the dimension '{unknown}' of by");
        var order = series.ByKey();
        return new(series, new(), AskedFrom: null, Warning: null) { Order = [.. order.Take(request.Top ?? order.Length)] };
    }
}
