using System.Diagnostics;
using System.Text.Json;
using AiOutliers.Engine.Explanation;
using AiOutliers.Engine.Json;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Api.V2;

/// <summary>Answers <c>POST /api/v2/explain</c>: which values carry the deviation of a window.</summary>
internal sealed class ExplainAnswers(
    ExplainQuestions explain, JsonQuestions questions, Settings settings, SourceHealth source, ILogger<ExplainAnswers> logger)
{
    public Task AnswerAsync(HttpContext context) => questions.AnswerAsync(context, async () =>
    {
        var started = Stopwatch.GetTimestamp();
        var report = await questions.AskAsync(context, body => AskAsync(context, body));
        source.Succeeded();
        context.Response.ContentType = JsonDescription.Json;
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonWriting.Options))
            ExplanationJson.Write(json, report);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        logger.LogInformation("Explained: {Verdict}, {Elements} elements, {Queries} queries, {Milliseconds:0.0} ms",
            report.Verdict, report.Elements.Count, report.Queries, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    });

    private async Task<ExplanationReport> AskAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var request = ExplainRequestReader.Read(body, settings.Engine);
        using var turn = await questions.TurnAsync(context);
        return await explain.AnswerAsync(request, context.RequestAborted);
    }
}
