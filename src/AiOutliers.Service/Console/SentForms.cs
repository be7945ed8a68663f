using AiOutliers.Detection;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console;

/// <summary>
/// Reads what a form sends before its page does: what cannot be read is the sender's mistake, and is said. So is what the service refuses
/// to do.
/// </summary>
internal static class SentForms
{
    public static async ValueTask<object?> ReadAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
            return await next(invocation);
        if (await ProblemOfAsync(http.Request) is { } problem)
            return Refused(http, new("The form cannot be read", problem, "Go back and send it again."), StatusCodes.Status400BadRequest);
        try
        {
            return await next(invocation);
        }
        catch (AiOutliersException error)
        {
            return Refused(http, ConsoleFailure.Of(error)!, StatusCodes.Status409Conflict);
        }
    }

    /// <summary>Null where the form could be read; it is kept for the page.</summary>
    private static async Task<string?> ProblemOfAsync(HttpRequest request)
    {
        try
        {
            if (request.HasFormContentType)
                await request.ReadFormAsync(request.HttpContext.RequestAborted);
            else if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
                request.Form = FormCollection.Empty;
            else
                return "What was sent is not a form.";
            return null;
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            return "The form ended before its end.";
        }
    }

    private static PageResult Refused(HttpContext http, ConsoleFailure failure, int status)
    {
        var services = http.RequestServices;
        return PageResult.Of<FailurePage>(
            PageContext.Of(http, services.GetRequiredService<Settings>(), services.GetRequiredService<TimeProvider>()),
            failure, status);
    }
}
