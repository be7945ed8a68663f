using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>Makes and revokes keys, as <c>rb-aioutliers keys</c> does.</summary>
internal static class KeyRoutes
{
    public const string Add = ConsolePages.Settings + "/keys", Revoke = Add + "/revoke";

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Add, AddAsync).RequireRole(Role.Admin);
        routes.MapPost(Revoke, RevokeAsync).RequireRole(Role.Admin);
    }

    /// <summary>The answer is the page itself, and no address of it: a key is shown once.</summary>
    private static async Task<IResult> AddAsync(
        HttpContext http, KeyRing keys, SettingsPageContent content, Settings settings, TimeProvider time)
    {
        var form = http.Request.Form;
        var name = form["name"].ToString().Trim();
        if (!RoleNames.TryParse(form["role"].ToString(), out var role))
            throw new AiOutliersException(ErrorKind.BadInput, $"the role is one of {string.Join(", ", RoleNames.All)}");
        if (keys.IsEmpty && role != Role.Admin)
            throw new AiOutliersException(
                ErrorKind.BadInput, "the first key has to be an admin's: from then on, every request needs a key");
        var secret = KeysFile.Add(PathOf(keys), name, role);
        await NoteAsync(http, "add", name);
        http.Response.Headers.CacheControl = "no-store";
        return PageResult.Of<SettingsPage>(PageContext.Of(http, settings, time), await content.ReadAsync(http, null, (name, secret)));
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, KeyRing keys)
    {
        var name = http.Request.Form["name"].ToString();
        KeysFile.Revoke(PathOf(keys), name);
        await NoteAsync(http, "revoke", name);
        return TypedResults.LocalRedirect(ConsolePages.Settings + "#keys-of-users");
    }

    private static Task NoteAsync(HttpContext http, string action, string name) =>
        http.RequestServices.GetService<MonitoringRuntime>()?.Audit.WriteAsync(Actors.Of(http), action, $"Key/{name}", http.RequestAborted)
        ?? Task.CompletedTask;

    private static string PathOf(KeyRing keys) => keys.Path ?? throw new AiOutliersException(
        ErrorKind.BadConfiguration, "[Security] keys_file is not set; set it to where the keys are kept, such as /etc/rb-aioutliers/keys");
}
