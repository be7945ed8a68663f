using AiOutliers.Detection;
using AiOutliers.Models.Folder;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Console.Parts;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.FrameParts;

/// <summary>What the frame of every page asks by itself: how many incidents go on, and where a name leads.</summary>
internal static class FrameRoutes
{
    public const string Open = ConsolePages.Incidents + "/open", Find = "/find";

    /// <summary>Whoever types does not wait longer for what the database knows.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static void MapFrame(this IEndpointRouteBuilder routes)
    {
        // A page that is looked at all day must not use up what its reader may ask.
        routes.MapGet(Open, static (HttpContext http, Settings settings, TimeProvider time) =>
            PageResult.Of<OpenCount>(PageContext.Of(http, settings, time), "")).RequireRole(Role.Viewer, limited: false);
        routes.MapGet(Find, FindAsync);
    }

    private static async Task<IResult> FindAsync(
        HttpContext http, SourceFacts facts, ModelFolder models, CurrentIncidents open, IServiceProvider services, Settings settings,
        TimeProvider time)
    {
        var (context, stop) = (PageContext.Of(http, settings, time), http.RequestAborted);
        var runtime = services.GetService<MonitoringRuntime>();
        var places = new Places(http.Request.Query["text"].ToString().Trim());
        if (places.Text.Length == 0)
            return PageResult.Of<FoundPlaces>(context, places);
        // Who may not ask Explore is not led there.
        if (context.May(Role.Operator))
            places.AddSensors(settings.Engine.Traffic, await facts.SensorsAsync(settings.Engine.Traffic, stop));
        places.AddIncidents(await open.ListAsync(stop) ?? []);
        if (runtime is not null)
            places.AddMonitors(await MonitorsAsync(places.Text, runtime, time, stop));
        places.AddModels(models.Names);
        return PageResult.Of<FoundPlaces>(context, places);
    }

    private static async Task<IEnumerable<string>> MonitorsAsync(
        string text, MonitoringRuntime runtime, TimeProvider time, CancellationToken stop)
    {
        try
        {
            var asked = new MonitorFilterQuery { Text = text };
            return (await runtime.Catalog.Monitors.PageAsync(asked, stop).WaitAsync(Patience, time, stop)).Select(static one => one.Name);
        }
        catch (Exception error) when (error is AiOutliersException or TimeoutException)
        {
            // Their own page says what is wrong with the database.
            return [];
        }
    }
}
