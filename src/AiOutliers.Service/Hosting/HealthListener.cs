using AiOutliers.Service.Http;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// <c>[OutliersServerProduction] health_port</c>: health and metrics on a listener of their own, so that they answer however many clients
/// ask the service. It answers nothing else.
/// </summary>
internal static class HealthListener
{
    private const string Elsewhere = "Not found; this port answers /health/live, /health/ready and /metrics";

    public static void UseHealthListener(this WebApplication service, ServerSettings server)
    {
        if (server.HealthPort is not { } port)
            return;
        service.Use((context, next) => context.Connection.LocalPort != port || IsHealth(context.Request.Path)
            ? next(context)
            : ProblemFailures.Instance.WriteAsync(context, new(StatusCodes.Status404NotFound, Elsewhere)));
    }

    private static bool IsHealth(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics");
}
