using AiOutliers.Detection.Series;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console;

/// <summary>What every page knows of the request that it answers.</summary>
/// <param name="Theme">light or dark as the user has chosen; null follows the system.</param>
/// <param name="Zone">Times are shown in it.</param>
/// <param name="Now">The time of the request.</param>
/// <param name="Address">Path and query of the page.</param>
/// <param name="Origin">What the service is called in the browser: <c>http://node:39091</c>.</param>
public sealed record PageContext(string? Theme, TimeZoneInfo Zone, DateTimeOffset Now, string Address, string Origin)
{
    public const string ThemeCookie = "theme", ZoneCookie = "zone";

    /// <summary>The name of the zone as the IANA has it.</summary>
    public string ZoneName => Zone.Id;

    public static PageContext Of(HttpContext http, Settings settings, TimeProvider time)
    {
        var (request, cookies) = (http.Request, http.Request.Cookies);
        var theme = cookies[ThemeCookie] is "light" or "dark" ? cookies[ThemeCookie] : null;
        var zone = new[] { request.Query["zone"].ToString(), cookies[ZoneCookie] ?? "" }
            .Select(static name => TimeZones.TryFind(name, out var found) ? found : null)
            .FirstOrDefault(static found => found is not null) ?? settings.Engine.SeasonalScan.TimeZone;
        return new(
            theme, zone, time.GetUtcNow(), request.Path + request.QueryString.ToString(), $"{request.Scheme}://{request.Host}");
    }

    /// <summary><c>24 Sep 14:10</c>, with the year where it is another than this one's.</summary>
    public string Time(long milliseconds)
    {
        var local = Local(milliseconds);
        var format = local.Year == TimeZoneInfo.ConvertTime(Now, Zone).Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm";
        return local.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary><c>24 Sep 14:10</c>, where the year is told beside it.</summary>
    public string Short(long milliseconds) =>
        Local(milliseconds).ToString("d MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As a machine reads it, with the offset.</summary>
    public string Exact(long milliseconds) =>
        Local(milliseconds).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As the fields for times take it.</summary>
    public string Field(long milliseconds) =>
        Local(milliseconds).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private DateTimeOffset Local(long milliseconds) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Zone);
}
