using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;
using AiOutliers.Service.Training;
using Hangfire;
using Hangfire.Dashboard;
using Microsoft.Net.Http.Headers;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Hangfire's dashboard under <c>/jobs</c>: off unless configured, and then for this machine only or for whoever has the key. Where it is
/// off, Hangfire's library stays out of memory: what names its types is not inlined.
/// </summary>
internal static class JobsDashboard
{
    private const string Path = "/jobs";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddJobs(this IServiceCollection services) => services.AddHangfire(static _ => { });

    public static void MapJobs(this WebApplication service, Settings settings)
    {
        var (dashboard, queueSettings) = (settings.Cluster.Dashboard, settings.Cluster.Queue);
        if (dashboard.Access == DashboardSettings.Off)
            return;
        if (queueSettings.Redis is null)
        {
            service.Logger.LogWarning("[Jobs] dashboard shows the jobs in Redis, and [Redis] rd_hostname is not set: it stays off");
            return;
        }
        if (dashboard.Access == DashboardSettings.Loopback)
        {
            service.Logger.LogWarning("[Jobs] dashboard = loopback: a proxy on this machine that adds no X-Forwarded-For header "
                + "opens /jobs to all its clients; behind a proxy set dashboard = key");
        }
        try
        {
            Open(service, dashboard, queueSettings);
        }
        catch (AiOutliersException error)
        {
            service.Logger.LogWarning("The dashboard stays off until the next start: {Reason}", error.Message);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Open(WebApplication service, DashboardSettings dashboard, QueueSettings queueSettings)
    {
        var queue = JobQueue.Open(queueSettings, JobKinds.All, service.Services.GetRequiredService<ILoggerFactory>());
        service.Lifetime.ApplicationStopped.Register(queue.Dispose);
        service.Use(static (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(Path))
                Protect(context.Response.Headers);
            return next(context);
        });
        service.UseHangfireDashboard(Path, new DashboardOptions
        {
            Authorization = [],
            AsyncAuthorization = [new Gate(dashboard, service.Services.GetRequiredService<ServiceMetrics>(), service.Logger)],
            // It holds the password of Redis.
            DisplayStorageConnectionString = false,
            DashboardTitle = "rb-aioutliers",
            AppPath = null,
        }, queue.Storage);
    }

    /// <summary>No other site shows the board inside its own pages, and no browser guesses at types.</summary>
    private static void Protect(IHeaderDictionary headers)
    {
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }

    private sealed class Gate(DashboardSettings settings, ServiceMetrics metrics, ILogger logger) : IDashboardAsyncAuthorizationFilter
    {
        /// <summary>What a wrong key costs, so that many cannot be tried.</summary>
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

        public async Task<bool> AuthorizeAsync(DashboardContext context)
        {
            var http = context.GetHttpContext();
            if (!IsFromHere(http.Request))
                return false;
            if (settings.Access == DashboardSettings.Loopback)
                return LocalRequest.IsLocal(http);
            if (HasKey(http.Request))
                return true;
            if (http.Request.Headers.Authorization.Count > 0)
            {
                metrics.DashboardRefused();
                logger.LogWarning("A wrong key for /jobs came from {Address}", http.Connection.RemoteIpAddress);
                await Task.Delay(Pause, TimeProvider.System, http.RequestAborted);
            }
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"rb-aioutliers\"";
            return false;
        }

        /// <summary>Other sites' pages must not press buttons here with the key that the browser remembers.</summary>
        private static bool IsFromHere(HttpRequest request) =>
            HttpMethods.IsGet(request.Method)
                || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value);

        private bool HasKey(HttpRequest request)
        {
            const string Scheme = "Basic ";
            var header = request.Headers[HeaderNames.Authorization].ToString();
            if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
                return false;
            var buffer = new byte[header.Length];
            if (!Convert.TryFromBase64String(header[Scheme.Length..], buffer, out var length))
                return false;
            var text = Encoding.UTF8.GetString(buffer, 0, length);
            // Hashes have one length, and their comparison takes the same time wherever they differ.
            return CryptographicOperations.FixedTimeEquals(Hash(text[(text.IndexOf(':') + 1)..]), Hash(settings.Key!));
        }

        private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }
}
