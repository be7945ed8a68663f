using System.Diagnostics;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Api.V1;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>Answers <c>POST /api/v2/detect</c>: reads the question, has its series judged, sends what was found.</summary>
internal sealed class DetectAnswers(
    DetectQuestions detect, JsonQuestions questions, Settings settings, ModelFolder models, ServiceMetrics metrics, Admission admission,
    SourceHealth source, RequestRates rates, ILogger<DetectAnswers> logger)
{
    /// <summary>An answer about so many series counts as one request more.</summary>
    private const double SeriesOfARequest = 100;

    public Task AnswerAsync(HttpContext context) => questions.AnswerAsync(context, async () =>
    {
        var started = Stopwatch.GetTimestamp();
        var (request, series, one) = await questions.AskAsync(context, body => AskAsync(context, body));
        var writer = new DetectWriter(context, admission, Stopwatch.GetElapsedTime(started));
        var tally = writer.Tally;
        var rows = series is { Count: > 0 } ? series.Series.Table(0) : one?.Report?.Table;
        tally.Warn(await detect.NotesAsync(request, rows, context.RequestAborted));
        if (one is not null)
            await writer.WriteAsync([JudgedSeries.Of(one, request)]);
        else
            await writer.WriteAsync(detect.JudgeAsync(series!, request, context.RequestAborted), series!);
        rates.Charge(AccessGate.RateName(context, Caller.Of(context)), tally.Series / SeriesOfARequest);
        metrics.AnsweredSeries(tally.Detector, tally.Rows, tally.Anomalies, Stopwatch.GetElapsedTime(started));
        logger.LogInformation("{Series} series judged by {Detector}: {Anomalous} anomalous, {Milliseconds:0.0} ms",
            tally.Series, tally.Detector, tally.Anomalous, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    });

    private async Task<(DetectRequest Request, FetchedSeries? Many, SeriesReport? One)> AskAsync(
        HttpContext context, ReadOnlyMemory<byte> body)
    {
        var gone = context.RequestAborted;
        var request = DetectRequestReader.Read(body, settings.Engine);
        if (request.Model is { } model && models.Find(model) is null)
            throw new RequestException("/model", $"'{model}' is not a model of this service; the page /models lists them");
        using var turn = request.Data is null ? await questions.TurnAsync(context) : null;
        try
        {
            return await AskAsync(request, JudgedHeaders.WantsAnew(context.Request), gone);
        }
        catch (AnalysisException error) when (error.Kind == ErrorKind.NothingToJudge && request.Query is not null)
        {
            await detect.CheckSourceAsync(request.Query, gone);
            throw;
        }
    }

    private async Task<(DetectRequest Request, FetchedSeries? Many, SeriesReport? One)> AskAsync(
        DetectRequest request, bool anew, CancellationToken gone)
    {
        var series = await detect.ManyAsync(request, anew, gone);
        if (series is not null && series.Series.Rows == 0)
            throw new AnalysisException(AnalysisStage.Detection, new(ErrorKind.NothingToJudge,
                "the data has no rows; check the interval, the data source and the filter"));
        if (series is not null)
            DetectQuestions.CheckMetrics(series, request);
        SeriesReport? one = series is null
            ? new(Detection.Series.SeriesKey.None, await detect.OneAsync(request, anew, gone), NotJudged: null)
            : null;
        if (request.Data is null)
            source.Succeeded();
        return (request, series, one);
    }
}
