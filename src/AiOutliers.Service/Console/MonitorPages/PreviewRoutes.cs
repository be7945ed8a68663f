using System.Globalization;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Console.IncidentPages;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.MonitorPages;

/// <summary>What the monitor in the editor would have found in the last days, with pictures; nothing is stored.</summary>
internal static class PreviewRoutes
{
    public const string Path = ConsolePages.Monitors + "/preview", DaysField = "days";

    private const int UsualDays = 7, MostPictures = 4;

    /// <summary>The numbers of days that the page offers.</summary>
    public static IReadOnlyList<int> Days { get; } = [1, 3, UsualDays, 14, 28];

    public static void MapPreview(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, PostAsync).RequireRole(Role.Operator);
        routes.MapGet(ConsolePages.Monitors + "/{name}/preview", GetAsync).RequireRole(Role.Operator);
    }

    private static async Task<IResult> PostAsync(
        HttpContext http, MonitoringRuntime runtime, SourceFacts facts, Settings settings, TimeProvider time)
    {
        var view = new PreviewView(await EditedText.OfAsync(http), DaysOf(http.Request.Form[DaysField].ToString()));
        return PageResult.Of<PreviewPage>(
            PageContext.Of(http, settings, time), await WithPreviewAsync(view, http, runtime, facts));
    }

    private static async Task<IResult> GetAsync(
        string name, HttpContext http, MonitoringRuntime runtime, SourceFacts facts, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        if (await runtime.Catalog.Monitors.FindAsync(name, http.RequestAborted) is not { } monitor)
            return MonitorRoutes.NoSuch(context, name);
        var view = new PreviewView(MonitorDraft.Yaml(monitor.Document), DaysOf(http.Request.Query[DaysField].ToString()));
        return PageResult.Of<PreviewPage>(context, await WithPreviewAsync(view, http, runtime, facts));
    }

    private static async Task<PreviewView> WithPreviewAsync(
        PreviewView view, HttpContext http, MonitoringRuntime runtime, SourceFacts facts)
    {
        var stop = http.RequestAborted;
        try
        {
            var documents = EditedText.Read(view.Text, runtime);
            if (documents.Problems.Count > 0)
                return view with { Plan = new([], documents.Problems, null) };
            if (documents.Monitors is not [var monitor])
                return view with { Failure = new("One monitor at a time", "The text needs one document of kind Monitor.", null) };
            if (http.RequestServices.GetService<MonitoringSource>() is not { } source)
                return view with { Failure = ConsoleFailure.Of(SourceFacts.Missing()) };
            var end = TimeRange.End(await facts.BoundsAsync(monitor.Spec.Series.DataSource, stop), runtime.Clock.GetUtcNow());
            var preview = await runtime.PreviewAsync(
                monitor, view.Days, DateTimeOffset.FromUnixTimeMilliseconds(end), source.Analyzer, source.Source, null, stop);
            return view with { Preview = preview, Pictures = PicturesOf(monitor, preview) };
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is { } failure && !stop.IsCancellationRequested)
        {
            return view with { Failure = failure };
        }
    }

    private static IReadOnlyList<PreviewPicture> PicturesOf(MonitorDocument monitor, MonitorPreview preview)
    {
        var range = new TimeRange(preview.From, preview.To);
        var found = preview.Incidents.OrderByDescending(static one => one.Severity)
            .Select(static one => (one.Entity, one.EntityKey, one.Metric)).Distinct();
        // Where nothing was found the line itself says why.
        if (preview.Incidents.Count == 0 && monitor.Spec.Series.By.Count == 0)
            found = monitor.Spec.Series.Metrics.Select(static metric => ("", "", metric.ToString()));
        var pictures =
            from one in found
            let series = MonitoredSeries.Of(monitor.Canonical, one.EntityKey, one.Metric, range)
            where series is not null
            select new PreviewPicture(one.Entity.Length > 0 ? $"{one.Metric} of {one.Entity}" : one.Metric, series);
        return [.. pictures.Take(MostPictures)];
    }

    private static int DaysOf(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var days) && Days.Contains(days) ? days : UsualDays;
}
