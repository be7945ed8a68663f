using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.Parts;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.MonitorPages;

/// <summary>The editor of documents: a new one, what its text would change, applying and deleting it.</summary>
internal static class EditorRoutes
{
    public const string New = ConsolePages.Monitors + "/new", Check = ConsolePages.Monitors + "/check",
        Apply = ConsolePages.Monitors + "/apply";

    public static void MapEditor(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(New, NewAsync);
        routes.MapPost(Check, CheckAsync).RequireRole(Role.Operator);
        routes.MapPost(Apply, ApplyAsync).RequireRole(Role.Admin);
        routes.MapPost(MonitorRoutes.One + "/delete", DeleteAsync).RequireRole(Role.Admin);
    }

    private static async Task<IResult> NewAsync(
        HttpContext http, IServiceProvider services, Exploration exploration, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        if (services.GetService<MonitoringRuntime>() is null)
            return PageResult.Of<MonitorsPage>(context, MonitorsView.Off);
        if (EditedKind.Of(http.Request.Query[EditedKind.Field]) is var kind && kind != EditedKind.Monitor)
            return PageResult.Of<MonitorEditorPage>(context, new MonitorEditorView(kind, null, kind.Sample));
        var state = ExploreState.Read(http.Request.Query);
        try
        {
            // What Explore shows, as a document that does the same by itself.
            var question = await exploration.QuestionAsync(state with { Query = null }, context.Zone, http.RequestAborted);
            var draft = MonitorDraft.Of(state, question, settings.Engine.Traffic);
            return PageResult.Of<MonitorEditorPage>(context, new MonitorEditorView(EditedKind.Monitor, null, draft));
        }
        catch (AiOutliersException error)
        {
            return PageResult.Of<FailurePage>(context, ConsoleFailure.Of(error)!);
        }
    }

    /// <summary>What is wrong with the text, or what applying it would change: asked while somebody types.</summary>
    private static async Task<IResult> CheckAsync(HttpContext http, MonitoringRuntime runtime, Settings settings, TimeProvider time)
    {
        var text = await EditedText.OfAsync(http);
        var plan = await EditedText.PlanAsync(text, runtime, http.RequestAborted);
        return PageResult.Of<CheckedPlan>(PageContext.Of(http, settings, time), new CheckedPlanView(text, plan));
    }

    private static async Task<IResult> ApplyAsync(HttpContext http, MonitoringRuntime runtime, Settings settings, TimeProvider time)
    {
        var (context, text) = (PageContext.Of(http, settings, time), await EditedText.OfAsync(http));
        try
        {
            var changes = await runtime.Catalog.ApplyAsync(
                runtime.Catalog.Read(text, EditedText.Field), Actors.Of(http), http.RequestAborted);
            return TypedResults.LocalRedirect(changes switch
            {
                [{ Kind: EditedKind.MonitorKind } only] => EditedKind.Monitor.AddressOf(only.Name),
                _ when changes.All(static change => change.Kind != EditedKind.MonitorKind) => EditedKind.Contact.List,
                _ => ConsolePages.Monitors,
            });
        }
        catch (AiOutliersException)
        {
            var plan = await EditedText.PlanAsync(text, runtime, http.RequestAborted);
            var kind = EditedKind.Of(http.Request.Form[EditedKind.Field]);
            return PageResult.Of<MonitorEditorPage>(
                context, new MonitorEditorView(kind, null, text, plan), StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> DeleteAsync(string name, HttpContext http, MonitoringRuntime runtime)
    {
        await runtime.Catalog.DeleteAsync(EditedKind.MonitorKind, name, Actors.Of(http), http.RequestAborted);
        return TypedResults.LocalRedirect(ConsolePages.Monitors);
    }
}
