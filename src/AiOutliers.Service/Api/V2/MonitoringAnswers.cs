using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.Http.Metadata;

namespace AiOutliers.Service.Api.V2;

/// <summary>What the routes of monitors and incidents share: the database, who asks, failures as ProblemDetails.</summary>
internal static class MonitoringAnswers
{
    private const string NoDatabase =
        "[Redis] rd_hostname is set and [Storage] database is not: monitors of several nodes need a database that they share";

    private const string NoSource = "no data source is configured; set [Druid] druid_endpoint";

    /// <summary>Documents are written by people.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>The routes of this room.</summary>
    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithMetadata(new SizeLimit(MostBytes));
        group.MapMonitors();
        group.MapIncidents();
        group.MapAlerts();
        group.MapAudit();
    }

    /// <summary>Answers from the database.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext context, Func<MonitoringRuntime, Task<IResult>> answer)
    {
        if (context.RequestServices.GetService<MonitoringRuntime>() is not { } runtime)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, NoDatabase);
        try
        {
            return await answer(runtime);
        }
        catch (AiOutliersException error)
        {
            return Problems.Of(Problems.StatusOf(error, AnalysisStage.Query), error.Message);
        }
    }

    /// <summary>Answers from the database and the data source.</summary>
    public static Task<IResult> AnswerAsync(HttpContext context, Func<MonitoringRuntime, MonitoringSource, Task<IResult>> answer) =>
        AnswerAsync(context, runtime => context.RequestServices.GetService<MonitoringSource>() is { } source
            ? answer(runtime, source)
            : Task.FromResult(Problems.Of(StatusCodes.Status503ServiceUnavailable, NoSource)));

    public static IResult NotFound(string what) => Problems.Of(StatusCodes.Status404NotFound, $"{what} not found");

    public static Actor ActorOf(HttpContext context) =>
        new(Caller.Of(context).Name, ClientAddress.Of(context.Connection.RemoteIpAddress) ?? "");

    public static async Task<string> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    /// <summary>The framework's attribute lies in a library of controllers, 1 MB that nothing else here needs.</summary>
    private sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
