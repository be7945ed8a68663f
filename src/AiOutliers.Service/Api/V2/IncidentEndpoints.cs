using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>Incidents: pages of them, one with its history, and what people say of it. There is no DELETE; retention does that.</summary>
internal static class IncidentEndpoints
{
    private const string Id = "The incident's id, or its first letters where they are those of one.";

    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/incidents", static (HttpContext context, CancellationToken _) => PageAsync(context))
            .WithName("incidents").WithTags("incidents")
            .WithSummary("Incidents, the newest first.")
            .TakesQuery(IncidentQuery.Parameters)
            .Produces<IncidentsAnswer>().FailsWith(400, 401, 403, 429, 500, 503).RequireRole(Role.Viewer);
        routes.MapGet("/api/v2/incidents/{id}", static (HttpContext context, string id) => FindAsync(context, id))
            .WithName("incident").WithTags("incidents").WithSummary("One incident with its history.")
            .Names("id", Id).Produces<IncidentAnswer>().FailsWith(401, 403, 404, 429, 500, 503).RequireRole(Role.Viewer);
        routes.MapPost("/api/v2/incidents/{id}/acknowledge", static (HttpContext context, string id) => SayAsync(
                context, id, ["note"], static (store, one, body, actor, stop) => store.AcknowledgeAsync(one, body.Note, actor, stop)))
            .WithName("acknowledge").WithTags("incidents").WithSummary("Somebody looks after it.")
            .TakesJson<AcknowledgeBody>(isRequired: false).Says();
        routes.MapPost("/api/v2/incidents/{id}/verdict", static (HttpContext context, string id) => SayAsync(
                context, id, ["verdict", "note"],
                static (store, one, body, actor, stop) => store.JudgeAsync(one, body.Verdict ?? "", body.Note, actor, stop)))
            .WithName("verdict").WithTags("incidents").WithSummary("What it was; expected and false-alarm end its alerts.")
            .TakesJson<VerdictBody>().Says();
        routes.MapPost("/api/v2/incidents/{id}/comment", static (HttpContext context, string id) => SayAsync(
                context, id, ["text"], static (store, one, body, actor, stop) => store.CommentAsync(one, body.Text ?? "", actor, stop)))
            .WithName("comment").WithTags("incidents").WithSummary("A line for the history.")
            .TakesJson<CommentBody>().Says();
    }

    private static void Says(this RouteHandlerBuilder route) => route
        .Names("id", Id).Produces<IncidentAnswer>().FailsWith(400, 401, 403, 404, 408, 413, 429, 500, 503).RequireRole(Role.Operator);

    private static Task<IResult> PageAsync(HttpContext context) => MonitoringAnswers.AnswerAsync(context, async runtime =>
    {
        var filter = IncidentQuery.Read(context.Request.Query);
        var page = await runtime.Incidents.PageAsync(filter, context.RequestAborted);
        var next = page.Count == filter.Limit ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].StartedAt}_{page[^1].Id}") : null;
        return TypedResults.Ok(new IncidentsAnswer([.. page.Select(static one => IncidentAnswer.Of(one, null))], next));
    });

    private static Task<IResult> FindAsync(HttpContext context, string id) => MonitoringAnswers.AnswerAsync(
        context, async runtime => await runtime.Incidents.FindAsync(id, context.RequestAborted) is { } incident
            ? TypedResults.Ok(await WholeAsync(runtime, incident, context.RequestAborted))
            : MonitoringAnswers.NotFound($"incident '{id}'"));

    private static Task<IResult> SayAsync(
        HttpContext context, string id, string[] members,
        Func<IncidentStore, string, Words, Monitoring.Monitors.Actor, CancellationToken, Task<StoredIncident>> say) =>
        MonitoringAnswers.AnswerAsync(context, async runtime =>
        {
            if (await runtime.Incidents.FindAsync(id, context.RequestAborted) is not { } known)
                return MonitoringAnswers.NotFound($"incident '{id}'");
            var words = WordsOf(await MonitoringAnswers.BodyAsync(context), members);
            var changed = await say(runtime.Incidents, known.Id, words, MonitoringAnswers.ActorOf(context), context.RequestAborted);
            return TypedResults.Ok(await WholeAsync(runtime, changed, context.RequestAborted));
        });

    private static async Task<IncidentAnswer> WholeAsync(MonitoringRuntime runtime, StoredIncident one, CancellationToken cancellation) =>
        IncidentAnswer.Of(
            one, await runtime.Incidents.HistoryAsync(one.Id, cancellation), await runtime.Incidents.MembersAsync(one.Id, cancellation));

    /// <exception cref="AiOutliersException">It is not a JSON object of these texts.</exception>
    private static Words WordsOf(string body, string[] members)
    {
        try
        {
            using var json = JsonDocument.Parse(string.IsNullOrWhiteSpace(body) ? "{}" : body);
            var names = json.RootElement.EnumerateObject().Select(static one => one.Name);
            if (names.FirstOrDefault(name => !members.Contains(name)) is { } unknown)
                throw QueryValues.Wrong($"'{unknown}' is not known; the body takes {string.Join(" and ", members)}");
            return new(Text(json.RootElement, "verdict"), Text(json.RootElement, "note"), Text(json.RootElement, "text"));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, "the body is not a JSON object of texts", error);
        }
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed record Words(string? Verdict, string? Note, string? Text);
}
