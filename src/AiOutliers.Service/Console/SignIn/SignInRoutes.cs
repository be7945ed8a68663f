using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.SignIn;

/// <summary>
/// The form that takes a key, and the cookie that stands for it: a ticket that every node recognises, that does not hold the key, and that
/// is worth nothing as soon as the key is revoked.
/// </summary>
internal static class SignInRoutes
{
    public const string Path = "/sign-in", OutPath = "/sign-out", Cookie = "aioutliers-session";

    /// <summary>What a wrong key costs, so that many cannot be tried.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Recognises who has signed in; the gate behind it decides what they may.</summary>
    public static void UseSignIn(this WebApplication service)
    {
        var tickets = service.Services.GetRequiredService<SessionTickets>();
        service.Use((context, next) =>
        {
            if (context.Request.Cookies[Cookie] is { Length: > 0 } ticket && tickets.Find(ticket) is { } key)
                context.Features.Set(new Caller(key.Name, key.Role));
            return next(context);
        });
    }

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, Settings settings, TimeProvider time) => Form(http, settings, time, isWrong: false));
        routes.MapPost(Path, SignInAsync);
        routes.MapPost(OutPath, static (HttpContext http) =>
        {
            if (!LocalRequest.IsOfAnotherSite(http.Request))
                http.Response.Cookies.Delete(Cookie);
            return TypedResults.Redirect(Path);
        });
    }

    public static PageResult Form(HttpContext http, Settings settings, TimeProvider time, bool isWrong) => PageResult.Of<SignInPage>(
        PageContext.Of(http, settings, time),
        new SignInView(Back(http), isWrong) { IsUnsent = http.Request.Path != Path && !HttpMethods.IsGet(http.Request.Method) },
        http.Request.Path == Path && !isWrong ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);

    private static async Task<IResult> SignInAsync(
        HttpContext http, KeyRing keys, SessionTickets tickets, RequestRates rates, Settings settings, TimeProvider time,
        CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var secret = form["key"].ToString().Trim();
        var isAllowed = !LocalRequest.IsOfAnotherSite(http.Request)
            && rates.Take("sign-in " + ClientAddress.Of(http.Connection.RemoteIpAddress)) == TimeSpan.Zero;
        if (!isAllowed || keys.Find(secret) is not { } key)
        {
            await Task.Delay(Pause, time, cancellation);
            return Form(http, settings, time, isWrong: true);
        }
        http.Response.Cookies.Append(
            Cookie, tickets.Of(key),
            new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = LocalRequest.IsByTls(http.Request), IsEssential = true });
        return TypedResults.LocalRedirect(LocalOnly(form["back"].ToString()));
    }

    /// <summary>Where the user wanted to go.</summary>
    private static string Back(HttpContext http) => http.Request.Path == Path
        ? LocalOnly(http.Request.HasFormContentType ? http.Request.Form["back"].ToString() : http.Request.Query["back"].ToString())
        : HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString.ToString()
        : http.Request.GetTypedHeaders().Referer is { IsAbsoluteUri: true } form && form.Authority == http.Request.Host.Value
            ? LocalOnly(form.PathAndQuery)
            : "/";

    /// <summary>Never to another site.</summary>
    private static string LocalOnly(string path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";
}
