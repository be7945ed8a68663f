using AiOutliers.Monitoring;
using AiOutliers.Service.Console.MonitorPages;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>Tries a contact; opens contacts and routes in the editor of documents; deletes them.</summary>
internal static class ContactRoutes
{
    private const string Contacts = ConsolePages.Settings + "/contacts/{name}", Routes = ConsolePages.Settings + "/routes/{name}";

    public static void MapContacts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Contacts + "/test", TestAsync).RequireRole(Role.Admin);
        routes.MapPost(Contacts + "/retry", RetryAsync).RequireRole(Role.Admin);
        routes.MapPost(Contacts + "/drop", DropAsync).RequireRole(Role.Admin);
        foreach (var (path, kind) in new[] { (Contacts, EditedKind.Contact), (Routes, EditedKind.Route) })
        {
            routes.MapGet(path, (string name, HttpContext http, MonitoringRuntime runtime, Settings settings, TimeProvider time) =>
                EditAsync(kind, name, http, runtime, settings, time));
            routes.MapPost(path + "/delete", (string name, HttpContext http, MonitoringRuntime runtime) => DoneAsync(
                runtime.Catalog.DeleteAsync(kind.Kind, name, Actors.Of(http), http.RequestAborted))).RequireRole(Role.Admin);
        }
    }

    private static Task<IResult> TestAsync(string name, HttpContext http, MonitoringRuntime runtime) => DoneAsync(
        runtime.TestContactAsync(name, Actors.Of(http), http.RequestAborted), $"?tested={Uri.EscapeDataString(name)}");

    private static Task<IResult> RetryAsync(string name, HttpContext http, MonitoringRuntime runtime) =>
        DoneAsync(runtime.RetryAlertsAsync(name, Actors.Of(http), http.RequestAborted));

    private static Task<IResult> DropAsync(string name, HttpContext http, MonitoringRuntime runtime) =>
        DoneAsync(runtime.DropAlertsAsync(name, Actors.Of(http), http.RequestAborted));

    private static async Task<IResult> EditAsync(
        EditedKind kind, string name, HttpContext http, MonitoringRuntime runtime, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        return await runtime.Catalog.Alerts.FindAsync(kind.Kind, name, http.RequestAborted) is not { } json
            ? PageResult.Of<FailurePage>(
                context,
                new ConsoleFailure($"{kind.Kind} not found", $"'{name}' is not a {kind.Word}.", "Settings lists them."),
                StatusCodes.Status404NotFound)
            : PageResult.Of<MonitorEditorPage>(
                context, new MonitorEditorView(kind, name, MonitorDraft.Yaml(json.ToJsonString())));
    }

    private static async Task<IResult> DoneAsync(Task act, string told = "")
    {
        await act;
        return TypedResults.LocalRedirect($"{ConsolePages.Settings}{told}#contacts");
    }
}
