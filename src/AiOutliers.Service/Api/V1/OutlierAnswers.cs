using System.Diagnostics;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Api.V1;

/// <summary>Answers version 1's main operation: reads the form, has it analysed, sends the answer.</summary>
internal sealed class OutlierAnswers(
    OutlierAnalyzer analyzer, Settings settings, ServiceMetrics metrics, Admission admission, SourceHealth source,
    ILogger<OutlierAnswers> logger)
{
    private const int LongestModel = 1000;

    private static readonly Dictionary<string, double[]> NoColumns = [];

    /// <param name="context">The request.</param>
    /// <param name="forecastKey"><c>prediction</c> or <c>predicted</c>.</param>
    public async Task AnswerAsync(HttpContext context, string forecastKey)
    {
        try
        {
            var (report, started) = await AnalyzeAsync(context);
            context.Response.ContentType = "application/json";
            JudgedHeaders.Write(context.Response.Headers, report);
            await Sending.RunAsync(context, admission.Answers, BytesOf(report), (to, limit) =>
                VersionOneReply.WriteAsync(to, report.Table, report.Result, forecastKey, limit));
            var elapsed = Stopwatch.GetElapsedTime(started);
            metrics.Answered(report, elapsed);
            Log(report, elapsed);
        }
        catch (AnalysisException error)
        {
            metrics.Failed(error.Stage);
            source.Failed(error.Kind);
            logger.Log(LevelOf(error.Kind), "Failed at {Stage}: {Reason}", error.Stage, error.Message);
            await VersionOneFailures.WriteAsync(context, settings.Server.ErrorStatus, $"{Prefix(error.Stage)}: {error.Message}");
        }
    }

    /// <summary>The body is given back before the answer is sent: the client decides how long that takes.</summary>
    private async Task<(AnalysisReport Report, long Started)> AnalyzeAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context.Request, admission.BodyBytes, context.RequestAborted);
        // The clock starts after the upload.
        var started = Stopwatch.GetTimestamp();
        var request = ReadForm(context.Request, body);
        var asksEngine = request.Data is null && request.Query is not null && DataSource.IsEmbedded(settings.DruidEndpoint);
        using var turn = asksEngine
            ? await admission.EngineClients.EnterAsync(ClientAddress.Of(context.Connection.RemoteIpAddress), context.RequestAborted)
            : null;
        var report = await analyzer.AnalyzeAsync(request, context.RequestAborted);
        if (request.Data is null)
            source.Succeeded();
        return (ForSending(report.Reports.Single()), started);
    }

    /// <summary>A client that takes its answer slowly holds what stands in it, and neither the values nor the rows before them.</summary>
    private static AnalysisReport ForSending(AnalysisReport report) => report with
    {
        Table = report.Table.With(NoColumns),
        Result = new()
        {
            Scores = [],
            Anomalies = report.Result.Anomalies,
            Expected = report.Result.Expected,
            NoVerdict = report.Result.NoVerdict,
        },
    };

    private static AnalysisRequest ReadForm(HttpRequest request, RequestBody body)
    {
        try
        {
            var form = MultipartForm.Is(request)
                ? OutlierForm.DecodeInPlace(body.Parts(request))
                : OutlierForm.DecodeInPlace(body.FormBytes(request));
            return new()
            {
                Query = form.Query,
                Data = form.Data,
                // A longer one names no model either.
                Model = form.Model is { } name ? Encoding.UTF8.GetString(name.Span[..Math.Min(name.Length, LongestModel)]) : null,
                Anew = JudgedHeaders.WantsAnew(request),
                // Version 1 has no place for reasons.
                ExplainsRows = false,
            };
        }
        catch (AiOutliersException error)
        {
            throw new AnalysisException(AnalysisStage.Data, error);
        }
    }

    private void Log(AnalysisReport report, TimeSpan elapsed) => logger.LogInformation(
        "{Rows} rows judged by {Detector} {Model} with {History} before ({From}): {Anomalies} anomalies in {Metric}, {Milliseconds:0.0} ms",
        report.Table.Rows, report.Detector, report.Model ?? "-",
        report.History.Rows, report.History.Cached ? "in memory" : "asked for",
        report.Result.AnomalyCount, report.Metric, elapsed.TotalMilliseconds);

    /// <summary>What stays in memory until the answer is sent: the time of each row, those before them too, and what is expected.</summary>
    private static long BytesOf(AnalysisReport report) => sizeof(double) * (3L * report.Table.Rows + report.History.Rows);

    private static string Prefix(AnalysisStage stage) => stage switch
    {
        AnalysisStage.Data => "No data provided or requested",
        AnalysisStage.Query => "Could not execute druid query",
        _ => "Error while calculating prediction model",
    };

    private static LogLevel LevelOf(ErrorKind kind) =>
        kind is ErrorKind.BadInput or ErrorKind.NothingToJudge ? LogLevel.Information : LogLevel.Error;
}
