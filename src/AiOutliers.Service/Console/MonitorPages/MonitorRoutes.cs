using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.Parts;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.MonitorPages;

/// <summary>The monitors, each with its runs; and the editor of their documents.</summary>
internal static class MonitorRoutes
{
    public const string New = ConsolePages.Monitors + "/new", Check = ConsolePages.Monitors + "/check",
        Apply = ConsolePages.Monitors + "/apply";

    private const string One = ConsolePages.Monitors + "/{name}", MonitorKind = "Monitor";

    private const int Runs = 10;

    public static void MapMonitors(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsolePages.Monitors, ListAsync);
        routes.MapGet(New, NewAsync);
        routes.MapGet(One, ShowAsync);
        routes.MapPost(Check, CheckAsync);
        routes.MapPost(Apply, ApplyAsync).RequireRole(Role.Admin);
        routes.MapPost(One + "/delete", DeleteAsync).RequireRole(Role.Admin);
        routes.MapPreview();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, IServiceProvider services, OpenIncidents open, Settings settings, TimeProvider time)
    {
        var (context, stop) = (PageContext.Of(http, settings, time), http.RequestAborted);
        if (services.GetService<MonitoringRuntime>() is not { } runtime)
            return PageResult.Of<MonitorsPage>(context, MonitorsView.Off);
        return PageResult.Of<MonitorsPage>(context, new MonitorsView(true, await runtime.Catalog.Monitors.ListAsync(stop))
        {
            Open = await open.ListAsync(stop) ?? [],
            Text = http.Request.Query["q"].ToString().Trim(),
            Now = runtime.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    }

    private static async Task<IResult> NewAsync(
        HttpContext http, IServiceProvider services, Exploration exploration, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        if (services.GetService<MonitoringRuntime>() is null)
            return PageResult.Of<MonitorsPage>(context, MonitorsView.Off);
        var state = ExploreState.Read(http.Request.Query);
        try
        {
            // What Explore shows, as a document that does the same by itself.
            var question = await exploration.QuestionAsync(state with { Query = null }, context.Zone, http.RequestAborted);
            return PageResult.Of<MonitorEditorPage>(
                context, new MonitorEditorView(null, MonitorDraft.Of(state, question, settings.Engine.Traffic), null));
        }
        catch (AiOutliersException error)
        {
            return PageResult.Of<FailurePage>(context, ConsoleFailure.Of(error)!);
        }
    }

    private static async Task<IResult> ShowAsync(
        string name, HttpContext http, IServiceProvider services, Settings settings, TimeProvider time)
    {
        var (context, stop) = (PageContext.Of(http, settings, time), http.RequestAborted);
        if (services.GetService<MonitoringRuntime>() is not { } runtime
            || await runtime.Catalog.Monitors.FindAsync(name, stop) is not { } monitor)
            return NoSuch(context, name);
        var incidents = await runtime.Incidents.PageAsync(new() { Monitor = name, Limit = 20 }, stop);
        var runs = await runtime.Runs.ListAsync(name, Runs, stop);
        return PageResult.Of<MonitorPage>(context, new MonitorView(monitor, MonitorDraft.Yaml(monitor.Document), runs, incidents));
    }

    public static IResult NoSuch(PageContext context, string name) => PageResult.Of<FailurePage>(
        context, new ConsoleFailure("Monitor not found", $"'{name}' is not a monitor.", "Monitors lists them."),
        StatusCodes.Status404NotFound);

    /// <summary>What is wrong with the text, or what applying it would change: asked while somebody types.</summary>
    private static async Task<IResult> CheckAsync(HttpContext http, MonitoringRuntime runtime, Settings settings, TimeProvider time) =>
        PageResult.Of<MonitorPlan>(
            PageContext.Of(http, settings, time), await EditedText.PlanAsync(await EditedText.OfAsync(http), runtime, http.RequestAborted));

    private static async Task<IResult> ApplyAsync(HttpContext http, MonitoringRuntime runtime, Settings settings, TimeProvider time)
    {
        var (context, text) = (PageContext.Of(http, settings, time), await EditedText.OfAsync(http));
        try
        {
            var changes = await runtime.Catalog.ApplyAsync(
                runtime.Catalog.Read(text, EditedText.Field), Actors.Of(http), http.RequestAborted);
            return TypedResults.LocalRedirect(changes is [{ Kind: MonitorKind } only]
                ? $"{ConsolePages.Monitors}/{Uri.EscapeDataString(only.Name)}"
                : ConsolePages.Monitors);
        }
        catch (AiOutliersException)
        {
            var plan = await EditedText.PlanAsync(text, runtime, http.RequestAborted);
            return PageResult.Of<MonitorEditorPage>(
                context, new MonitorEditorView(null, text, plan), StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> DeleteAsync(
        string name, HttpContext http, MonitoringRuntime runtime, Settings settings, TimeProvider time)
    {
        try
        {
            await runtime.Catalog.DeleteAsync(MonitorKind, name, Actors.Of(http), http.RequestAborted);
            return TypedResults.LocalRedirect(ConsolePages.Monitors);
        }
        catch (AiOutliersException error)
        {
            return PageResult.Of<FailurePage>(
                PageContext.Of(http, settings, time), ConsoleFailure.Of(error)!, StatusCodes.Status409Conflict);
        }
    }
}
