using System.Text.Json;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Hosting;

/// <summary>Puts the request's id, which the host's own scope writes into every log line, on the answer too; and answers failures that nobody understood.</summary>
internal static class RequestScope
{
    private const string Header = "X-Request-Id";

    public static void UseRequestScope(this WebApplication service) => service.Use(async (context, next) =>
    {
        context.Response.Headers[Header] = context.TraceIdentifier;
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
                await AnswerAsync(context, context.Response.StatusCode, RefusalOf(context));
        }
        catch (BadHttpRequestException error)
        {
            // Kestrel's own refusals: a body over the limit (413), one that was cut off, a malformed request.
            service.Logger.LogInformation("Refused with {Status}: {Reason}", error.StatusCode, error.Message);
            await AnswerAsync(context, error.StatusCode, "No data provided or requested: " + error.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => "the body came too slowly",
                StatusCodes.Status413PayloadTooLarge => "the body is larger than the service accepts; ask for a shorter interval or a coarser granularity",
                StatusCodes.Status503ServiceUnavailable => "the service is busy with other requests; try again",
                _ => "the request was cut off or is malformed",
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            service.Logger.LogInformation("The client went away");
        }
        catch (Exception error)
        {
            // The last line of defence: whatever it was, the client gets an answer without internals, the log all of it, and the service goes on.
            service.Logger.LogError(error, "Unexpected failure");
            await AnswerAsync(context, StatusCodes.Status500InternalServerError,
                $"Error while calculating prediction model: an unexpected failure; the log has it under request {context.TraceIdentifier}");
        }
    });

    private static string RefusalOf(HttpContext context) => context.Response.StatusCode == StatusCodes.Status404NotFound
        ? "there is no such address; /openapi/v1.json lists those that are"
        : $"{context.Request.Method} is not answered here; use {context.Response.Headers.Allow}";

    private static async Task AnswerAsync(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonWriting.Options);
        VersionOneReply.WriteError(json, message);
    }
}
