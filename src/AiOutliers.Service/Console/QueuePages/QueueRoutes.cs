using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.QueuePages;

/// <summary>The jobs of all nodes.</summary>
internal static class QueueRoutes
{
    private const string Job = ConsolePages.Queue + "/{id}";

    public static void MapQueue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsolePages.Queue, PageAsync);
        routes.MapPost(Job + "/retry", (string id, ConsoleQueue queue, HttpContext http) =>
            ActAsync(http, queue, "retry", id, board => board.RetryAsync(id))).RequireRole(Role.Admin);
        routes.MapPost(Job + "/cancel", (string id, ConsoleQueue queue, HttpContext http) =>
            ActAsync(http, queue, "cancel", id, board => board.CancelAsync(id))).RequireRole(Role.Admin);
    }

    private static async Task<IResult> PageAsync(HttpContext http, ConsoleQueue queue, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        if (!queue.IsOpen)
            return PageResult.Of<QueuePage>(context, QueueView.Without(null));
        try
        {
            var board = await queue.BoardAsync(http.RequestAborted);
            var ids = await board.IdsAsync();
            var part = ListPart.Of(http.Request.Query, QueueView.Page, ids.Count);
            var jobs = await board.ReadAsync(part.Of(ids));
            return PageResult.Of<QueuePage>(context, new QueueView(true, part, jobs, board.Warnings, null));
        }
        catch (AiOutliersException error)
        {
            return PageResult.Of<QueuePage>(context, QueueView.Without(ConsoleFailure.Of(error)));
        }
    }

    private static async Task<IResult> ActAsync(HttpContext http, ConsoleQueue queue, string verb, string job, Func<JobBoard, Task> act)
    {
        await act(await queue.BoardAsync(http.RequestAborted));
        if (http.RequestServices.GetService<MonitoringRuntime>() is { } runtime)
            await runtime.Audit.WriteAsync(Actors.Of(http), verb, $"Job/{job}", http.RequestAborted);
        return TypedResults.Redirect(ConsolePages.Queue);
    }
}
