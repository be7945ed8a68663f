using System.Diagnostics;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Explanation;
using AiOutliers.Engine.Json;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Api.V2;

/// <summary>Answers <c>POST /api/v2/explain</c>: which values carry the deviation of a window.</summary>
internal sealed class ExplainAnswers(
    DetectQuestions questions, Settings settings, ServiceMetrics metrics, Admission admission, SourceHealth source,
    ILogger<ExplainAnswers> logger)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var report = await AskAsync(context);
            context.Response.ContentType = "application/json";
            await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonWriting.Options))
                ExplanationJson.Write(json, report);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            logger.LogInformation("Explained: {Verdict}, {Elements} elements, {Queries} queries, {Milliseconds:0.0} ms",
                report.Verdict, report.Elements.Count, report.Queries, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (RequestException error)
        {
            var words = error.Errors.Select(static one => $"{(one.Key.Length > 0 ? one.Key : "the body")}: {one.Value}");
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, string.Join("; ", words), error.Errors);
        }
        catch (AnalysisException error)
        {
            metrics.Failed(error.Stage);
            source.Failed(error.Kind);
            var status = Problems.StatusOf((AiOutliersException)error.InnerException!, error.Stage);
            logger.Log(status < 500 ? LogLevel.Information : LogLevel.Error, "Not explained: {Reason}", error.Message);
            await Problems.WriteAsync(context, status, error.Message);
        }
    }

    private async Task<ExplanationReport> AskAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException(
                "the body is not JSON; send Content-Type: application/json", StatusCodes.Status415UnsupportedMediaType);
        var gone = context.RequestAborted;
        using var body = await RequestBody.ReadAsync(context.Request, admission.BodyBytes, gone);
        var question = ExplainRequestReader.Read(body.Bytes, settings.Engine);
        using var turn = DataSource.IsEmbedded(settings.DruidEndpoint)
            ? await admission.EngineClients.EnterAsync(ClientAddress.Of(context.Connection.RemoteIpAddress), gone)
            : null;
        var report = await questions.ExplainAsync(question, gone);
        source.Succeeded();
        return report;
    }
}
