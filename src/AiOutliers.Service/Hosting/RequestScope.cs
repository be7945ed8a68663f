using AiOutliers.Service.Console;
using AiOutliers.Service.Http;
using Microsoft.AspNetCore.Connections;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Puts the request's id, which the host's own scope writes into every log line, on the answer too; and answers what no route answered.
/// The words are those of the route's interface.
/// </summary>
internal static class RequestScope
{
    private const string Header = "X-Request-Id";

    public static void UseRequestScope(this WebApplication service) => service.Use(async (context, next) =>
    {
        context.Response.Headers[Header] = context.TraceIdentifier;
        try
        {
            await next(context);
            if (!context.Response.HasStarted
                && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
                await AnswerAsync(context, new(context.Response.StatusCode, RefusalOf(context)));
        }
        catch (Exception error) when (IsDisconnect(context, error))
        {
            service.Logger.LogInformation("The client went away");
        }
        catch (BadHttpRequestException error)
        {
            // Kestrel's own refusals: a body over the limit (413), one that was cut off, a malformed request.
            service.Logger.LogInformation("Refused with {Status}: {Reason}", error.StatusCode, error.Message);
            await AnswerAsync(context, new(error.StatusCode, ReasonOf(error)));
        }
        catch (Exception error)
        {
            // The last line of defence: whatever it was, the client gets an answer without internals, the log all of it,
            // and the service goes on.
            service.Logger.LogError(error, "Unexpected failure");
            await AnswerAsync(context, new(
                StatusCodes.Status500InternalServerError,
                $"an unexpected failure; the log has it under request {context.TraceIdentifier}", IsUnexpected: true));
        }
    });

    /// <summary>The connection may be gone before the request learns of it.</summary>
    private static bool IsDisconnect(HttpContext context, Exception error) =>
        error is ConnectionResetException or ConnectionAbortedException
        || context.RequestAborted.IsCancellationRequested
        && error is OperationCanceledException or IOException and not BadHttpRequestException;

    private static string ReasonOf(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => "the body came too slowly",
        StatusCodes.Status413PayloadTooLarge =>
            "the body is larger than the service accepts; ask for a shorter interval or a coarser granularity",
        StatusCodes.Status415UnsupportedMediaType => error.Message,
        StatusCodes.Status503ServiceUnavailable => "the service is busy with other requests; try again",
        _ => "the request was cut off or is malformed",
    };

    private static string RefusalOf(HttpContext context) => context.Response.StatusCode == StatusCodes.Status404NotFound
        ? "Not found; see /openapi/v1.json"
        : $"{context.Request.Method} is not allowed here; use {context.Response.Headers.Allow}";

    private static Task AnswerAsync(HttpContext context, Failure failure)
    {
        if (!context.Response.HasStarted)
        {
            IFailureWriter others = PageFailures.Suit(context.Request) ? new PageFailures() : ProblemFailures.Instance;
            return (context.GetEndpoint()?.Metadata.GetMetadata<IFailureWriter>() ?? others).WriteAsync(context, failure);
        }
        context.Abort();
        return Task.CompletedTask;
    }
}
