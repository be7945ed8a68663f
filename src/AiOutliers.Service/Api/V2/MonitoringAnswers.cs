using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.Mvc;

namespace AiOutliers.Service.Api.V2;

/// <summary>What the routes of monitors and incidents share: the database, who asks, failures as ProblemDetails.</summary>
internal static class MonitoringAnswers
{
    private const string NoDatabase = "there are no monitors: [Redis] rd_hostname is set, and [Storage] database is not";

    /// <summary>Documents are written by people.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>The routes of this room. docs/monitors.md describes them; /openapi/v1.json is version 1's alone.</summary>
    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        group.MapMonitors();
        group.MapIncidents();
        group.MapAlerts();
    }

    /// <summary>Answers from the database.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext context, Func<MonitoringRuntime, Task<IResult>> answer)
    {
        if (context.RequestServices.GetService<MonitoringRuntime>() is not { } runtime)
            return TypedResults.Problem(NoDatabase, statusCode: StatusCodes.Status503ServiceUnavailable);
        try
        {
            return await answer(runtime);
        }
        catch (AiOutliersException error)
        {
            return TypedResults.Problem(
                error.Message,
                statusCode: error.Kind == ErrorKind.BadInput ? StatusCodes.Status400BadRequest : StatusCodes.Status503ServiceUnavailable);
        }
    }

    public static IResult NotFound(string what) => TypedResults.Problem($"{what} not found", statusCode: StatusCodes.Status404NotFound);

    public static Actor ActorOf(HttpContext context) =>
        new(Caller.Of(context).Name, context.Connection.RemoteIpAddress?.ToString() ?? "");

    public static async Task<string> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }
}
