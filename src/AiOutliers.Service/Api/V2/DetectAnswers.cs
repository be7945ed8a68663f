using System.Diagnostics;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Api.V1;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>Answers <c>POST /api/v2/detect</c>: reads the question, has its series judged, sends what was found.</summary>
internal sealed class DetectAnswers(
    DetectQuestions questions, Settings settings, ModelFolder models, ServiceMetrics metrics, Admission admission, SourceHealth source,
    RequestRates rates, ILogger<DetectAnswers> logger)
{
    public const string Lines = "application/x-ndjson";

    private const string NotJson = "the body is not JSON; send Content-Type: application/json";

    /// <summary>An answer about so many series counts as one request more.</summary>
    private const double SeriesOfARequest = 100;

    public async Task AnswerAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var (request, series, one) = await AskAsync(context);
            var writer = new DetectWriter(context, admission, Stopwatch.GetElapsedTime(started));
            var tally = writer.Tally;
            if (one is not null)
                await writer.WriteAsync([JudgedSeries.Of(one, request)]);
            else
                await writer.WriteAsync(questions.JudgeAsync(series!, request, context.RequestAborted), series!);
            rates.Charge(AccessGate.RateName(context, Caller.Of(context)), tally.Series / SeriesOfARequest);
            metrics.AnsweredSeries(tally.Detector, tally.Rows, tally.Anomalies, Stopwatch.GetElapsedTime(started));
            logger.LogInformation("{Series} series judged by {Detector}: {Anomalous} anomalous, {Milliseconds:0.0} ms",
                tally.Series, tally.Detector, tally.Anomalous, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (RequestException error)
        {
            logger.LogInformation("Refused: {Errors}", string.Join("; ", error.Errors.Select(static one => $"{one.Key}: {one.Value}")));
            var words = error.Errors.Select(static one => $"{(one.Key.Length > 0 ? one.Key : "the body")}: {one.Value}");
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, string.Join("; ", words), error.Errors);
        }
        catch (AnalysisException error)
        {
            await FailAsync(context, error);
        }
    }

    private async Task FailAsync(HttpContext context, AnalysisException error)
    {
        metrics.Failed(error.Stage);
        source.Failed(error.Kind);
        var status = Problems.StatusOf((AiOutliersException)error.InnerException!, error.Stage);
        logger.Log(status < 500 ? LogLevel.Information : LogLevel.Error, "Failed at {Stage}: {Reason}", error.Stage, error.Message);
        await Problems.WriteAsync(context, status, error.Message);
    }

    /// <summary>The body is given back before the answer is sent: the client decides how long that takes.</summary>
    private async Task<(DetectRequest Request, FetchedSeries? Many, SeriesReport? One)> AskAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException(NotJson, StatusCodes.Status415UnsupportedMediaType);
        var gone = context.RequestAborted;
        using var body = await RequestBody.ReadAsync(context.Request, admission.BodyBytes, gone);
        var request = DetectRequestReader.Read(body.Bytes, settings.Engine);
        if (request.Model is { } model && models.Find(model) is null)
            throw new RequestException("/model", $"'{model}' is not a model of this service; the page /models lists them");
        var asksEngine = request.Data is null && DataSource.IsEmbedded(settings.DruidEndpoint);
        using var turn = asksEngine
            ? await admission.EngineClients.EnterAsync(ClientAddress.Of(context.Connection.RemoteIpAddress), gone)
            : null;
        var anew = JudgedHeaders.WantsAnew(context.Request);
        var series = await questions.ManyAsync(request, anew, gone);
        if (series is not null && series.Series.Rows == 0)
            throw new AnalysisException(AnalysisStage.Detection, new(ErrorKind.NothingToJudge,
                "the data has no rows; check the interval, the data source and the filter"));
        if (series is not null)
            DetectQuestions.CheckMetrics(series, request);
        SeriesReport? one = null;
        if (series is null)
        {
            var report = await questions.OneAsync(request, anew, gone);
            one = new(Detection.Series.SeriesKey.None, report, NotJudged: null);
        }
        if (request.Data is null)
            source.Succeeded();
        return (request, series, one);
    }
}
