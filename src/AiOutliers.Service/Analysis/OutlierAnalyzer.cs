using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;
using AiOutliers.Keras;
using AiOutliers.Service.Models;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Analysis;

/// <summary>The main job: from a query, or a response at hand, to scores, verdicts and expected values. The same for HTTP and the command line.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="models">The models that a request can name, or that a sensor has.</param>
/// <param name="source">Null when no data source is configured; then only requests that bring their data can be answered.</param>
/// <param name="clock">Says which buckets have ended.</param>
/// <param name="logger">Gets what was mended in the data and why a model was not used.</param>
internal sealed class OutlierAnalyzer(Settings settings, ModelFolder models, IDruidSource? source, TimeProvider clock, ILogger<OutlierAnalyzer> logger)
{
    /// <summary>Seven weeks at one minute: half a second of work.</summary>
    private const int LongSeries = 70_000;

    private readonly IDetector _defaultDetector = DetectorCatalog.Create(settings.Outliers.DefaultDetector, settings);

    /// <exception cref="AnalysisException">Any failure that is understood, with its stage.</exception>
    public async Task<AnalysisReport> AnalyzeAsync(AnalysisRequest request, CancellationToken cancellation)
    {
        MetricTable table;
        Model? model;
        var coverage = new Coverage();
        if (request.Data is { } data)
        {
            table = AtStage(AnalysisStage.Data, () => DruidResponseReader.Read(data.Span));
            model = AtStage(AnalysisStage.Detection, () => ModelNamed(request.Model));
        }
        else if (request.Query is { } text)
        {
            var query = AtStage(AnalysisStage.Query, () => DruidQuery.Parse(text.Span));
            model = AtStage(AnalysisStage.Detection, () => ModelNamed(request.Model) ?? ModelOfSensor(query));
            table = await FetchAsync(query, model, cancellation);
            coverage = QueryBuckets.CoverageOf(query);
        }
        else
        {
            throw new AnalysisException(AnalysisStage.Data, new(ErrorKind.BadInput,
                "the form has neither a field 'query' (base64 of a Druid native query) nor a field 'data' (base64 of a Druid timeseries response)"));
        }
        var covered = table.Covering(coverage with { Until = CompleteUntil(request.CompleteUntil, coverage.Until) });
        var report = await LongWork.RunAsync(
            covered.Rows > LongSeries, () => AtStage(AnalysisStage.Detection, () => Detect(covered, model, request.Metric, cancellation)), cancellation);
        foreach (var warning in report.Table.Warnings.Concat(report.Result.Warnings))
            logger.LogWarning("{Warning}", warning);
        return report;
    }

    /// <summary>Judges rows that are already here.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="model">The model to run; null runs the default detector.</param>
    /// <param name="metric">What the verdict is about; null chooses: the configured metric for a model, otherwise what the table offers.</param>
    /// <param name="cancellation">Stops a long run.</param>
    /// <exception cref="AiOutliersException">The rows cannot be judged by this detector.</exception>
    public AnalysisReport Detect(MetricTable table, Model? model, string? metric, CancellationToken cancellation)
    {
        if (table.Rows == 0)
            throw new AiOutliersException(ErrorKind.BadInput, "the data has no rows; check the query's interval, its data source and its filter");
        var detector = model?.Detector ?? _defaultDetector;
        metric ??= model is null ? MetricChoice.Of(table) : settings.Outliers.Metric;
        return new(table, metric, detector.Name, model?.Name, detector.Detect(table, metric, cancellation));
    }

    /// <summary>Buckets that end later are partial: they have not ended, their rows are still on the way to Druid, or the query cuts them.</summary>
    public long CompleteUntil(DateTimeOffset? told, long? queried)
    {
        var complete = (told ?? clock.GetUtcNow() - settings.IngestionDelay).ToUnixTimeMilliseconds();
        return Math.Min(complete, queried ?? complete);
    }

    private async Task<MetricTable> FetchAsync(DruidQuery query, Model? model, CancellationToken cancellation)
    {
        try
        {
            if (source is null)
            {
                throw new AiOutliersException(ErrorKind.SourceFailed,
                    "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER, or send the rows in the field 'data'");
            }
            return await source.QueryAsync((model is null ? query : TrafficQuery.Build(query)).ToUtf8Json(), cancellation);
        }
        catch (AiOutliersException error)
        {
            throw new AnalysisException(AnalysisStage.Query, error);
        }
    }

    private Model? ModelNamed(string? name)
    {
        if (name is null)
            return null;
        var model = models.Find(name);
        if (model is null)
            logger.LogInformation("No model is named {Model}; the next rule applies", name);
        return model;
    }

    private Model? ModelOfSensor(DruidQuery query) => SensorFilter.SensorOf(query.Filter) is { } sensor ? models.FindForSensor(sensor) : null;

    private static T AtStage<T>(AnalysisStage stage, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (AiOutliersException error)
        {
            throw new AnalysisException(stage, error);
        }
    }
}
