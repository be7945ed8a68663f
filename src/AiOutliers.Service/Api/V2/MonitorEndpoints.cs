using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Http;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>Monitors: their documents, what applying would change, their runs.</summary>
internal static class MonitorEndpoints
{
    private const int MostRuns = 100;

    public static void MapMonitors(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/monitors", static (HttpContext context, CancellationToken _) => PageAsync(context))
            .WithName("monitors").WithTags("monitors").WithSummary("The monitors with their last runs, in order of name.")
            .TakesQuery(NamesQuery.Parameters("rows", MonitorFilterQuery.MostRows))
            .Produces<MonitorsAnswer>().FailsWith(400, 401, 403, 429, 500, 503).RequireRole(Role.Viewer);
        routes.MapGet("/api/v2/monitors/{name}", static (HttpContext context, string name) => FindAsync(context, name))
            .WithName("monitor").WithTags("monitors").WithSummary("A monitor and its last runs.")
            .Names("name", "The monitor.").Produces<MonitorAnswer>().FailsWith(401, 403, 404, 429, 500, 503).RequireRole(Role.Viewer);
        routes.MapPost("/api/v2/monitors", static (HttpContext context, CancellationToken _) => ChangeAsync(context, isPlan: false))
            .WithName("applyMonitors").WithTags("monitors").WithSummary("Applies documents, YAML or JSON: all of them, or none.")
            .TakesDocuments().Produces<ChangesAnswer>().FailsWith(400, 401, 403, 408, 413, 429, 500, 503).RequireRole(Role.Admin);
        routes.MapPost("/api/v2/monitors/plan", static (HttpContext context, CancellationToken _) => ChangeAsync(context, isPlan: true))
            .WithName("planMonitors").WithTags("monitors").WithSummary("What applying documents would change.")
            .TakesDocuments().Produces<ChangesAnswer>().FailsWith(400, 401, 403, 408, 413, 429, 500, 503).RequireRole(Role.Operator);
        routes.MapPost("/api/v2/monitors/preview", static (HttpContext context, CancellationToken _) => PreviewAsync(context))
            .WithName("previewMonitor").WithTags("monitors")
            .WithSummary("What a monitor would have found in the last days, and what it costs.")
            .TakesDocuments().Produces<MonitorPreview>()
            .FailsWith(400, 401, 403, 408, 413, 422, 429, 500, 502, 503, 504).RequireRole(Role.Operator);
        routes.MapPost("/api/v2/monitors/{name}/backfill", BackfillEndpoint.AnswerAsync)
            .WithName("backfillMonitor").WithTags("monitors")
            .WithSummary("Judges past windows that were not judged, without alerts.")
            .Names("name", "The monitor.").TakesJson<BackfillBody>().Produces<BackfillAnswer>()
            .FailsWith(400, 401, 403, 404, 408, 413, 429, 500, 503).RequireRole(Role.Admin);
        routes.MapDelete("/api/v2/monitors/{name}", static (HttpContext context, string name) => DeleteAsync(context, name))
            .WithName("deleteMonitor").WithTags("monitors").WithSummary("Deletes a monitor; its incidents are closed, and stay.")
            .Names("name", "The monitor.")
            .Produces(StatusCodes.Status204NoContent).FailsWith(401, 403, 404, 429, 500, 503).RequireRole(Role.Admin);
    }

    private static Task<IResult> PageAsync(HttpContext context) => MonitoringAnswers.AnswerAsync(context, async runtime =>
    {
        var (text, after, limit) = NamesQuery.Read(context.Request.Query, MonitorFilterQuery.MostRows);
        var monitors = await runtime.Catalog.Monitors.PageAsync(
            new() { Text = text, After = after, Limit = limit }, context.RequestAborted);
        return TypedResults.Ok(new MonitorsAnswer(
            [.. monitors.Select(static one => MonitorAnswer.Of(one, []))], monitors.Count == limit ? monitors[^1].Name : null));
    });

    private static Task<IResult> FindAsync(HttpContext context, string name) => MonitoringAnswers.AnswerAsync(context, async runtime =>
        await runtime.Catalog.Monitors.FindAsync(name, context.RequestAborted) is { } monitor
            ? TypedResults.Ok(MonitorAnswer.Of(monitor, await runtime.Runs.ListAsync(name, MostRuns, context.RequestAborted)))
            : MonitoringAnswers.NotFound($"monitor '{name}'"));

    private static Task<IResult> ChangeAsync(HttpContext context, bool isPlan) => MonitoringAnswers.AnswerAsync(context, async runtime =>
    {
        var documents = runtime.Catalog.Read(await MonitoringAnswers.BodyAsync(context), "body");
        var changes = isPlan
            ? await runtime.Catalog.PlanAsync(documents, context.RequestAborted)
            : await runtime.Catalog.ApplyAsync(documents, MonitoringAnswers.ActorOf(context), context.RequestAborted);
        return TypedResults.Ok(new ChangesAnswer(
            [.. changes.Select(ChangeAnswer.Of)], await runtime.Catalog.WarningsAsync(documents, context.RequestAborted)));
    });

    private static Task<IResult> PreviewAsync(HttpContext context) => MonitoringAnswers.AnswerAsync(context, async (runtime, source) =>
    {
        var documents = runtime.Catalog.Read(await MonitoringAnswers.BodyAsync(context), "body");
        return documents.Monitors is [var monitor]
            ? TypedResults.Ok(await runtime.PreviewAsync(monitor, 7, null, source.Analyzer, source.Source, null, context.RequestAborted))
            : Problems.Of(StatusCodes.Status400BadRequest, "the body needs one monitor");
    });

    private static Task<IResult> DeleteAsync(HttpContext context, string name) => MonitoringAnswers.AnswerAsync(context, async runtime =>
    {
        if (await runtime.Catalog.Monitors.FindAsync(name, context.RequestAborted) is null)
            return MonitoringAnswers.NotFound($"monitor '{name}'");
        await runtime.Catalog.DeleteAsync(DocumentKinds.Monitor, name, MonitoringAnswers.ActorOf(context), context.RequestAborted);
        return TypedResults.NoContent();
    });
}
