using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.SignIn;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console;

/// <summary>Failures of pages, as pages: who is not known gets the form to sign in.</summary>
internal sealed class PageFailures : IFailureWriter
{
    private static readonly ConsoleFailure SignedOut = new(
        "Your session has ended", "What you see is old, and what you have written is still here.",
        "Sign in in another tab, and go on in this one.");

    private const string Menu = "The menu has all pages.";

    /// <summary>Who has written an address by hand: a browser says that it wants a page.</summary>
    public static bool Suit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().StartsWith("text/html", StringComparison.Ordinal);

    public Task WriteAsync(HttpContext context, Failure failure)
    {
        var services = context.RequestServices;
        var (settings, time) = (services.GetRequiredService<Settings>(), services.GetRequiredService<TimeProvider>());
        ConsoleRoutes.Protect(context.Response.Headers);
        if (failure.Status == StatusCodes.Status401Unauthorized && !services.GetRequiredService<KeyRing>().IsEmpty)
        {
            // A page that asks for a part of itself stays: somebody may be writing in it.
            return context.Request.Headers.ContainsKey("HX-Request")
                ? PageResult.Of<FailurePage>(PageContext.Of(context, settings, time), SignedOut, failure.Status).ExecuteAsync(context)
                : SignInRoutes.Form(context, settings, time, isWrong: false).ExecuteAsync(context);
        }
        var page = PageResult.Of<FailurePage>(PageContext.Of(context, settings, time), ViewOf(context, failure), failure.Status);
        return page.ExecuteAsync(context);
    }

    private static ConsoleFailure ViewOf(HttpContext context, Failure failure) => failure.Status switch
    {
        StatusCodes.Status401Unauthorized => new("Only from this machine", failure.Reason, null),
        StatusCodes.Status403Forbidden => new(
            "Your role does not allow this",
            context.Features.Get<Caller>() is { } caller ? $"You are {caller.Name}, {caller.Role.Name()}." : failure.Reason,
            "Ask an administrator for a key with a higher role, and sign in with it."),
        StatusCodes.Status404NotFound => new("Page not found", $"Nothing is at {context.Request.Path}.", Menu),
        StatusCodes.Status405MethodNotAllowed => new(
            "This is not a page", $"{context.Request.Path} takes what a form sends, and shows nothing.", Menu),
        StatusCodes.Status429TooManyRequests => new("Too many requests", failure.Reason, null),
        StatusCodes.Status503ServiceUnavailable => new("The service is busy", failure.Reason, "Try again in a moment."),
        _ => new("This did not work", failure.Reason, null),
    };
}
