using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.SignIn;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console;

/// <summary>Failures of pages, as pages: who is not known gets the form to sign in.</summary>
internal sealed class PageFailures : IFailureWriter
{
    /// <summary>Who has written an address by hand: a browser says that it wants a page.</summary>
    public static bool Suit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().StartsWith("text/html", StringComparison.Ordinal);

    public Task WriteAsync(HttpContext context, Failure failure)
    {
        var services = context.RequestServices;
        var (settings, time) = (services.GetRequiredService<Settings>(), services.GetRequiredService<TimeProvider>());
        ConsoleRoutes.Protect(context.Response.Headers);
        if (failure.Status == StatusCodes.Status401Unauthorized && !services.GetRequiredService<KeyRing>().IsEmpty)
            return SignInRoutes.Form(context, settings, time, isWrong: false).ExecuteAsync(context);
        var (title, advice) = failure.Status switch
        {
            StatusCodes.Status401Unauthorized => ("Only from this machine", null),
            StatusCodes.Status403Forbidden => (
                "Your role does not allow this", "Ask an administrator for a key with a higher role, and sign in with it."),
            StatusCodes.Status429TooManyRequests => ("Too many requests", null),
            StatusCodes.Status503ServiceUnavailable => ("The service is busy", "Try again in a moment."),
            _ => ("This did not work", (string?)null),
        };
        var view = Missing(context, failure.Status) ?? new ConsoleFailure(title, failure.Reason, advice);
        return PageResult.Of<FailurePage>(PageContext.Of(context, settings, time), view, failure.Status).ExecuteAsync(context);
    }

    /// <summary>Null where there is a page.</summary>
    private static ConsoleFailure? Missing(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => new("Page not found", $"Nothing is at {context.Request.Path}.", "The menu has all pages."),
        StatusCodes.Status405MethodNotAllowed => new(
            "This is not a page", $"{context.Request.Path} takes what a form sends, and shows nothing.", "The menu has all pages."),
        _ => null,
    };
}
