using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Endpoints;

/// <summary>Version 1 of the interface, frozen: form in, JSON out.</summary>
internal static class OutlierEndpoints
{
    public static void MapOutliers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/calculate", (HttpContext context, OutlierAnalyzer analyzer, Settings settings, ServiceMetrics metrics) =>
            AnswerAsync(context, analyzer, settings, metrics, "prediction")).WithName("calculate").DescribeOutliers(predicted: false);
        routes.MapPost("/api/v1/outliers", (HttpContext context, OutlierAnalyzer analyzer, Settings settings, ServiceMetrics metrics) =>
            AnswerAsync(context, analyzer, settings, metrics, "predicted")).WithName("outliers").DescribeOutliers(predicted: true);
    }

    private static async Task AnswerAsync(HttpContext context, OutlierAnalyzer analyzer, Settings settings, ServiceMetrics metrics, string forecastKey)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("AiOutliers.Service.Outliers");
        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        // How long the client took to send is no time of ours.
        var started = Stopwatch.GetTimestamp();
        try
        {
            var report = await analyzer.AnalyzeAsync(ReadForm(context.Request, body), context.RequestAborted);
            context.Response.ContentType = "application/json";
            JudgedHeaders.Write(context.Response.Headers, report);
            await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonWriting.Options))
                VersionOneReply.Write(json, report.Table, report.Result, forecastKey);
            var elapsed = Stopwatch.GetElapsedTime(started);
            metrics.Answered(report, elapsed);
            logger.LogInformation(
                "{Rows} rows judged by {Detector} {Model} with {History} before ({From}): {Anomalies} anomalies in {Metric}, {Milliseconds:0.0} ms",
                report.Table.Rows, report.Detector, report.Model ?? "-", report.History.Rows, report.History.Cached ? "in memory" : "asked for",
                report.Result.AnomalyCount, report.Metric, elapsed.TotalMilliseconds);
        }
        catch (AnalysisException error)
        {
            metrics.Failed(error.Stage);
            logger.Log(LevelOf(error.Kind), "Failed at {Stage}: {Reason}", error.Stage, error.Message);
            await VersionOneFailures.WriteAsync(context, settings.Server.ErrorStatus, $"{Prefix(error.Stage)}: {error.Message}");
        }
    }

    private static AnalysisRequest ReadForm(HttpRequest request, RequestBody body)
    {
        try
        {
            var form = OutlierForm.DecodeInPlace(body.FormBytes(request));
            return new()
            {
                Query = form.Query,
                Data = form.Data,
                Model = form.Model is { } name ? Encoding.UTF8.GetString(name.Span) : null,
                Anew = JudgedHeaders.WantsAnew(request),
            };
        }
        catch (AiOutliersException error)
        {
            throw new AnalysisException(AnalysisStage.Data, error);
        }
    }

    private static string Prefix(AnalysisStage stage) => stage switch
    {
        AnalysisStage.Data => "No data provided or requested",
        AnalysisStage.Query => "Could not execute druid query",
        _ => "Error while calculating prediction model",
    };

    private static LogLevel LevelOf(ErrorKind kind) => kind == ErrorKind.BadInput ? LogLevel.Information : LogLevel.Error;
}
