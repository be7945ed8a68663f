using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.SettingsPages;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.IncidentPages;

/// <summary>What monitors have found, and what people say of it.</summary>
internal static class IncidentRoutes
{
    private const string One = ConsolePages.Incidents + "/{id}";

    /// <summary>What happens within this is looked at together.</summary>
    private const long Near = 1_800_000;

    private const int MostNear = 100;

    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsolePages.Incidents, ListAsync);
        routes.MapGet(One, ShowAsync);
        routes.MapPost(One + "/acknowledge", AcknowledgeAsync).RequireRole(Role.Operator);
        routes.MapPost(One + "/verdict", JudgeAsync).RequireRole(Role.Operator);
        routes.MapPost(One + "/comment", CommentAsync).RequireRole(Role.Operator);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IServiceProvider services, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        if (services.GetService<MonitoringRuntime>() is not { } runtime)
            return PageResult.Of<IncidentsPage>(context, new IncidentsView(false, new(), [], null));
        var (filter, now) = (IncidentsFilter.Read(http.Request.Query), runtime.Clock.GetUtcNow());
        try
        {
            var query = filter.Query(context.Zone, now);
            var found = await runtime.Incidents.PageAsync(query, http.RequestAborted);
            return PageResult.Of<IncidentsPage>(
                context, new IncidentsView(true, filter, found, null) { Call = IncidentsFilter.Call(query), Now = now });
        }
        catch (AiOutliersException error)
        {
            return PageResult.Of<IncidentsPage>(context, new IncidentsView(true, filter, [], ConsoleFailure.Of(error)) { Now = now });
        }
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext http, IServiceProvider services, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        if (services.GetService<MonitoringRuntime>() is not { } runtime
            || await runtime.Incidents.FindAsync(id, http.RequestAborted) is not { } incident)
        {
            return PageResult.Of<FailurePage>(
                context,
                new ConsoleFailure("Incident not found", $"'{id}' is not the id of an incident.", "Incidents lists those that are kept."),
                StatusCodes.Status404NotFound);
        }
        return PageResult.Of<IncidentPage>(context, await ViewAsync(incident, runtime, http.RequestAborted));
    }

    private static async Task<IncidentView> ViewAsync(StoredIncident incident, MonitoringRuntime runtime, CancellationToken stop)
    {
        var members = await runtime.Incidents.MembersAsync(incident.Id, stop);
        var near = await runtime.Incidents.PageAsync(
            new() { From = incident.StartedAt - Near, To = incident.EndedAt + Near, Limit = MostNear }, stop);
        var monitor = await runtime.Catalog.Monitors.FindAsync(incident.Monitor, stop);
        return new(
            incident, await runtime.Incidents.HistoryAsync(incident.Id, stop), members,
            monitor is null ? null : MonitoredSeries.Of(monitor.Document, incident))
        {
            AllMembers = members.Count < IncidentStore.MostMembers
                ? members.Count
                : await runtime.Incidents.CountMembersAsync(incident.Id, stop),
            Told = await runtime.AlertsOfAsync(incident.Id, ContactsView.MostAlerts, stop),
            Meanwhile = IncidentView.Nearest(incident, near),
        };
    }

    private static Task<IResult> AcknowledgeAsync(string id, HttpContext http, MonitoringRuntime runtime) =>
        ChangeAsync(id, http, (note, actor, stop) => runtime.Incidents.AcknowledgeAsync(id, note, actor, stop));

    private static Task<IResult> JudgeAsync(string id, HttpContext http, MonitoringRuntime runtime) => ChangeAsync(
        id, http, (note, actor, stop) => runtime.Incidents.JudgeAsync(id, http.Request.Form["verdict"].ToString(), note, actor, stop));

    private static Task<IResult> CommentAsync(string id, HttpContext http, MonitoringRuntime runtime) =>
        ChangeAsync(id, http, (note, actor, stop) => runtime.Incidents.CommentAsync(id, note ?? "", actor, stop));

    private static async Task<IResult> ChangeAsync(
        string id, HttpContext http, Func<string?, Actor, CancellationToken, Task<StoredIncident>> change)
    {
        var note = http.Request.Form["note"].ToString().Trim();
        await change(note.Length > 0 ? note : null, Actors.Of(http), http.RequestAborted);
        return TypedResults.LocalRedirect(IncidentView.AddressOf(id));
    }
}
