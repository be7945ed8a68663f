using AiOutliers.Detection.Series;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>How pages look, who gets messages, who may ask, what the service is connected to, and which version it is.</summary>
internal static class SettingsRoutes
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsolePages.Settings, PageAsync);
        routes.MapPost(ConsolePages.Settings + "/look", LookAsync);
        routes.MapContacts();
        routes.MapKeys();
    }

    private static async Task<IResult> PageAsync(HttpContext http, SettingsPageContent content, Settings settings, TimeProvider time)
    {
        var done = http.Request.Query["tested"] is [{ Length: > 0 } contact] ? $"A sample was sent to {contact}." : null;
        return PageResult.Of<SettingsPage>(PageContext.Of(http, settings, time), await content.ReadAsync(http, done));
    }

    /// <summary>The choice is a cookie: it belongs to the browser, and every node knows it.</summary>
    private static async Task<IResult> LookAsync(HttpContext http, Settings settings, TimeProvider time)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var name = form["zone"].ToString().Trim();
        if (!TimeZones.TryFind(name, out var zone))
        {
            return PageResult.Of<FailurePage>(
                PageContext.Of(http, settings, time),
                new ConsoleFailure("Time zone not found", $"'{name}' is not a time zone.", "Write it as Europe/Madrid, or UTC."),
                StatusCodes.Status400BadRequest);
        }
        Keep(PageContext.ThemeCookie, form["theme"] is ["light" or "dark"] ? form["theme"].ToString() : null);
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
