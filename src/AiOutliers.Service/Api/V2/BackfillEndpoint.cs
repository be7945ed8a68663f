using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Service.Api.V2;

/// <summary>Past windows of a monitor, judged without alerts.</summary>
internal static class BackfillEndpoint
{
    public static Task<IResult> AnswerAsync(HttpContext context, string name) => MonitoringAnswers.AnswerAsync(
        context, async (runtime, source) =>
    {
        if (await runtime.Catalog.Monitors.FindAsync(name, context.RequestAborted) is null)
            return MonitoringAnswers.NotFound($"monitor '{name}'");
        var (from, to) = Times(await MonitoringAnswers.BodyAsync(context));
        var runs = new List<StoredRun>();
        await foreach (var run in runtime.BackfillAsync(name, from, to, source.Analyzer, source.Source, context.RequestAborted))
            runs.Add(run);
        return TypedResults.Ok(new BackfillAnswer(runs));
    });

    /// <exception cref="AiOutliersException">It is not an object with two times.</exception>
    private static (DateTimeOffset From, DateTimeOffset To) Times(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return (Time(json.RootElement.GetProperty("from")), Time(json.RootElement.GetProperty("to")));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"the body needs from and to: {RequestTime.Words}", error);
        }
    }

    private static DateTimeOffset Time(JsonElement value) => RequestTime.Parse(value.ToString()) ?? throw new FormatException();
}

/// <param name="From">The begin: a text such as 2024-09-20T12:00Z, or milliseconds since 1970.</param>
/// <param name="To">The end; windows that the monitor will judge anyway are left to it.</param>
internal sealed record BackfillBody(string From, string To);

/// <param name="Runs">In order; a failed one is the last, and nothing of it was written.</param>
internal sealed record BackfillAnswer(IReadOnlyList<StoredRun> Runs);
