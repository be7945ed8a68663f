using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.MonitorPages;

/// <summary>The monitors, each with its runs.</summary>
internal static class MonitorRoutes
{
    public const string One = ConsolePages.Monitors + "/{name}";

    private const int Runs = 10;

    public static void MapMonitors(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsolePages.Monitors, ListAsync);
        routes.MapGet(One, ShowAsync);
        routes.MapEditor();
        routes.MapPreview();
    }

    private static async Task<IResult> ListAsync(HttpContext http, IServiceProvider services, Settings settings, TimeProvider time)
    {
        var (context, stop) = (PageContext.Of(http, settings, time), http.RequestAborted);
        if (services.GetService<MonitoringRuntime>() is not { } runtime)
            return PageResult.Of<MonitorsPage>(context, MonitorsView.Off);
        var (query, text) = (http.Request.Query, http.Request.Query["q"].ToString().Trim());
        var asked = new MonitorFilterQuery { Text = text.Length > 0 ? text : null, IllFirst = true, Limit = ListPart.Size };
        var part = ListPart.Of(query, MonitorsView.Page, await runtime.Catalog.Monitors.CountAsync(asked, stop));
        var monitors = await runtime.Catalog.Monitors.PageAsync(asked with { Skip = part.Skip }, stop);
        return PageResult.Of<MonitorsPage>(context, new MonitorsView(true, part, monitors)
        {
            Text = text,
            Now = runtime.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        });
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
}
