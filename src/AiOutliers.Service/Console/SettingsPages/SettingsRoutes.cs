using System.Reflection;
using AiOutliers.Detection.Series;
using AiOutliers.Service.Console.Overview;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>How pages look, what the service is connected to, and which version it is.</summary>
internal static class SettingsRoutes
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsolePages.Settings, PageAsync);
        routes.MapPost(ConsolePages.Settings + "/look", LookAsync);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, ServiceState state, SourceFacts facts, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        var parts = await state.PartsAsync(http.RequestAborted);
        var (bounds, failure) = await BoundsAsync(facts, settings.Engine.Traffic.DataSource, http.RequestAborted);
        var version = typeof(SettingsRoutes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "?";
        return PageResult.Of<SettingsPage>(context, new SettingsView(version, settings, parts, bounds, failure));
    }

    private static async Task<((long First, long Last)?, string?)> BoundsAsync(
        SourceFacts facts, string source, CancellationToken cancellation)
    {
        if (!facts.IsConfigured)
            return (null, null);
        try
        {
            return (await facts.BoundsAsync(source, cancellation), null);
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is not null && !cancellation.IsCancellationRequested)
        {
            return (null, error.Message);
        }
    }

    /// <summary>The choice is a cookie: it belongs to the browser, and every node knows it.</summary>
    private static async Task<IResult> LookAsync(HttpContext http, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        Keep(PageContext.ThemeCookie, form["theme"] is ["light" or "dark"] ? form["theme"].ToString() : null);
        if (TimeZones.TryFind(form["zone"].ToString().Trim(), out var zone))
            Keep(PageContext.ZoneCookie, zone.Id);
        return TypedResults.Redirect(ConsolePages.Settings);

        void Keep(string name, string? value)
        {
            if (value is null)
                http.Response.Cookies.Delete(name);
            else
                http.Response.Cookies.Append(name, value, new() { MaxAge = Kept, SameSite = SameSiteMode.Lax, IsEssential = true });
        }
    }
}
