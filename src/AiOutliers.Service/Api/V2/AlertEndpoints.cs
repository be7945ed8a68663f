using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>Contacts, and alerts that were sent or wait. Contacts and routes are applied as documents, with the monitors.</summary>
internal static class AlertEndpoints
{
    private const int MostAlerts = 500;

    private static readonly string[] States = [OutboxRow.Waiting, OutboxRow.Delivered, OutboxRow.Parked];

    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/contacts", static (HttpContext context, CancellationToken _) => ContactsAsync(context))
            .WithName("contacts").WithTags("alerts")
            .WithSummary("Contacts, then routes, in order of name, without secrets.")
            .TakesQuery(NamesQuery.Parameters("documents", AlertDocumentQuery.MostRows))
            .Produces<ContactsAnswer>().FailsWith(400, 401, 403, 429, 500, 503).RequireRole(Role.Viewer);
        routes.MapDelete("/api/v2/contacts/{name}", static (HttpContext context, string name) =>
                DeleteAsync(context, DocumentKinds.Contact, name))
            .WithName("deleteContact").WithTags("alerts")
            .WithSummary("Deletes a contact and its waiting messages, unless a monitor or a route names it.")
            .Names("name", "The contact.")
            .Produces(StatusCodes.Status204NoContent).FailsWith(401, 403, 404, 409, 429, 500, 503).RequireRole(Role.Admin);
        routes.MapDelete("/api/v2/routes/{name}", static (HttpContext context, string name) =>
                DeleteAsync(context, DocumentKinds.Route, name))
            .WithName("deleteRoute").WithTags("alerts").WithSummary("Deletes a route.")
            .Names("name", "The route.")
            .Produces(StatusCodes.Status204NoContent).FailsWith(401, 403, 404, 429, 500, 503).RequireRole(Role.Admin);
        routes.MapPost("/api/v2/contacts/{name}/test", static (HttpContext context, string name) => TestAsync(context, name))
            .WithName("testContact").WithTags("alerts").WithSummary("Sends a sample to a contact.")
            .Names("name", "The contact.")
            .Produces(StatusCodes.Status204NoContent).FailsWith(400, 401, 403, 429, 500, 503).RequireRole(Role.Admin);
        routes.MapPost("/api/v2/contacts/{name}/retry", static (HttpContext context, string name) => ParkedAsync(context, runtime =>
                runtime.RetryAlertsAsync(name, MonitoringAnswers.ActorOf(context), context.RequestAborted)))
            .WithName("retryAlerts").WithTags("alerts").WithSummary("Sends again what is parked for a contact.")
            .Names("name", "The contact.")
            .Produces<ParkedAnswer>().FailsWith(401, 403, 429, 500, 503).RequireRole(Role.Admin);
        routes.MapPost("/api/v2/contacts/{name}/drop", static (HttpContext context, string name) => ParkedAsync(context, runtime =>
                runtime.DropAlertsAsync(name, MonitoringAnswers.ActorOf(context), context.RequestAborted)))
            .WithName("dropAlerts").WithTags("alerts").WithSummary("Gives up what is parked for a contact.")
            .Names("name", "The contact.")
            .Produces<ParkedAnswer>().FailsWith(401, 403, 429, 500, 503).RequireRole(Role.Admin);
        routes.MapGet("/api/v2/alerts", static (HttpContext context, CancellationToken _) => AlertsAsync(context))
            .WithName("alerts").WithTags("alerts").WithSummary("Alerts, the newest first.")
            .TakesQuery(("state", "string", "waiting, delivered or parked; all when missing."))
            .Produces<AlertsAnswer>().FailsWith(400, 401, 403, 429, 500, 503).RequireRole(Role.Viewer);
    }

    private static Task<IResult> ContactsAsync(HttpContext context) => MonitoringAnswers.AnswerAsync(context, async runtime =>
    {
        var (text, next, limit) = NamesQuery.Read(context.Request.Query, AlertDocumentQuery.MostRows);
        var after = next?.Split('/');
        if (after is { Length: not 2 })
            throw QueryValues.Wrong("after is not what a page gave as next");
        var page = await runtime.Catalog.Alerts.PageAsync(new()
        {
            Text = text,
            After = after is [var kind, var name] ? (kind, name) : null,
            Limit = limit,
        }, context.RequestAborted);
        return TypedResults.Ok(new ContactsAnswer(
            [.. page.Contacts.Select(static contact => JsonOf(contact.Shown))], [.. page.Routes.Select(static route => JsonOf(route.Json))],
            page.Next is { } last ? $"{last.Kind}/{last.Name}" : null));
    });

    private static Task<IResult> DeleteAsync(HttpContext context, string kind, string name) =>
        MonitoringAnswers.AnswerAsync(context, async runtime =>
        {
            if (await runtime.Catalog.Alerts.FindAsync(kind, name, context.RequestAborted) is null)
                return MonitoringAnswers.NotFound($"{kind.ToLowerInvariant()} '{name}'");
            await runtime.Catalog.DeleteAsync(kind, name, MonitoringAnswers.ActorOf(context), context.RequestAborted);
            return TypedResults.NoContent();
        });

    private static Task<IResult> TestAsync(HttpContext context, string name) => MonitoringAnswers.AnswerAsync(context, async runtime =>
    {
        await runtime.TestContactAsync(name, MonitoringAnswers.ActorOf(context), context.RequestAborted);
        return TypedResults.NoContent();
    });

    private static Task<IResult> ParkedAsync(HttpContext context, Func<MonitoringRuntime, Task<int>> change) =>
        MonitoringAnswers.AnswerAsync(context, async runtime => TypedResults.Ok(new ParkedAnswer(await change(runtime))));

    private static Task<IResult> AlertsAsync(HttpContext context) => MonitoringAnswers.AnswerAsync(context, async runtime =>
    {
        context.Request.Query.CheckNames(["state"]);
        var state = context.Request.Query.Text("state");
        if (state is not null && !States.Contains(state))
            throw QueryValues.Wrong($"state '{state}' is not known; it takes {string.Join(", ", States)}");
        var alerts = await runtime.AlertsAsync(state, MostAlerts, context.RequestAborted);
        return TypedResults.Ok(new AlertsAnswer([.. alerts.Select(AlertAnswer.Of)]));
    });

    private static JsonElement JsonOf(JsonObject document) => JsonElement.Parse(document.ToJsonString());
}

/// <param name="Contacts">Their documents; secrets are hidden.</param>
/// <param name="Routes">Their documents.</param>
/// <param name="Next">As <c>after</c> it gives the next page; null on the last.</param>
internal sealed record ContactsAnswer(
    [property: Holds(typeof(DocumentBody))] IReadOnlyList<JsonElement> Contacts,
    [property: Holds(typeof(DocumentBody))] IReadOnlyList<JsonElement> Routes,
    string? Next);

/// <param name="Alerts">How many were parked.</param>
internal sealed record ParkedAnswer(int Alerts);

internal sealed record AlertsAnswer(IReadOnlyList<AlertAnswer> Alerts);

/// <summary>One telling of one incident. Times are milliseconds since 1970.</summary>
/// <param name="Contact">Who gets the message.</param>
/// <param name="Incident">Of which incident.</param>
/// <param name="Event">What of it.</param>
/// <param name="State">How far it came; what is parked is not tried again.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Created">When it was written.</param>
/// <param name="Delivered">When it was taken.</param>
/// <param name="LastError">Why it was not, the last time.</param>
internal sealed record AlertAnswer(
    string Contact, string Incident,
    [property: AllowedValues(AlertMessage.Begin, AlertMessage.Update, AlertMessage.Repeat, AlertMessage.End)] string Event,
    [property: AllowedValues(OutboxRow.Waiting, OutboxRow.Delivered, OutboxRow.Parked)] string State,
    long Attempts, long Created, long? Delivered, string? LastError)
{
    public static AlertAnswer Of(OutboxRow row) =>
        new(row.Contact, row.Incident, row.Event, row.State, row.Attempts, row.CreatedAt, row.DeliveredAt, row.LastError);
}
