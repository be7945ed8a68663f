using AiOutliers.Detection.Series;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

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

    /// <summary>Who has signed in; null where nobody has to.</summary>
    public string? User { get; init; }

    /// <summary>What whoever looks may do; null for those who have not signed in.</summary>
    internal Role? Role { get; init; }

    /// <summary>Whether who looks needs no key, because this machine needs none yet.</summary>
    internal bool IsLocal { get; init; }

    /// <summary>How many incidents go on, for the menu; null for none.</summary>
    public string? Open { get; init; }

    /// <summary>The name of the zone as the IANA has it.</summary>
    public string ZoneName => Zone.Id;

    public static PageContext Of(HttpContext http, Settings settings, TimeProvider time)
    {
        var (request, cookies) = (http.Request, http.Request.Cookies);
        var theme = cookies[ThemeCookie] is "light" or "dark" ? cookies[ThemeCookie] : null;
        var zone = new[] { request.Query["zone"].ToString(), cookies[ZoneCookie] ?? "" }
            .Select(static name => TimeZones.TryFind(name, out var found) ? found : null)
            .FirstOrDefault(static found => found is not null) ?? settings.Engine.SeasonalScan.TimeZone;
        var caller = http.Features.Get<Caller>();
        return new(
            theme, zone, time.GetUtcNow(), request.Path + request.QueryString.ToString(), $"{request.Scheme}://{request.Host}")
        {
            User = caller == Caller.Local ? null : caller?.Name,
            Role = caller?.Role,
            IsLocal = caller == Caller.Local,
        };
    }

    /// <summary>Whether who looks may do what this role may.</summary>
    internal bool May(Role role) => Role >= role;

    /// <summary>
    /// The beginning of a command that calls version 2. The caller puts a key in, which no page knows; a key that nobody made is refused.
    /// </summary>
    internal string Curl(string path) =>
        $"curl {ExploreCommands.Quoted(Origin + path)}{(IsLocal ? "" : " -H 'Authorization: Bearer KEY'")}";

    /// <summary>The pages of the menu that who looks may open; all of them before it is known who that is.</summary>
    internal IEnumerable<ConsolePage> Pages =>
        ConsolePages.All.Where(page => Role is null || page.Address != ConsolePages.Explore || May(Security.Role.Operator));

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

    /// <summary><c>24 Sep 14:10 to 14:45</c>, with the day of the end where it is another one.</summary>
    public string Span(long from, long until) => Local(from).Date == Local(until).Date
        ? $"{Time(from)} to {Local(until).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)}"
        : $"{Time(from)} to {Short(until)}";

    /// <summary><c>24 Sep</c> where the day begins, else <c>14:10</c>: for an axis.</summary>
    public string Tick(long milliseconds)
    {
        var local = Local(milliseconds);
        var isDay = local.TimeOfDay == TimeSpan.Zero;
        return local.ToString(isDay ? "d MMM" : "HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>As a machine reads it, with the offset.</summary>
    public string Exact(long milliseconds) =>
        Local(milliseconds).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As the fields for times take it.</summary>
    public string Field(long milliseconds) =>
        Local(milliseconds).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private DateTimeOffset Local(long milliseconds) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Zone);
}
