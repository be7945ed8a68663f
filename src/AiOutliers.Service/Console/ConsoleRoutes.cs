using AiOutliers.Druid;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Console.FrameParts;
using AiOutliers.Service.Console.IncidentPages;
using AiOutliers.Service.Console.ModelPages;
using AiOutliers.Service.Console.MonitorPages;
using AiOutliers.Service.Console.Overview;
using AiOutliers.Service.Console.QueuePages;
using AiOutliers.Service.Console.SettingsPages;
using AiOutliers.Service.Console.SignIn;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.Components;

namespace AiOutliers.Service.Console;

/// <summary>The console's parts and routes.</summary>
internal static class ConsoleRoutes
{
    /// <summary>Nothing from elsewhere, no script and no style inside a page, nobody's frame.</summary>
    private const string Policy =
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    public static IServiceCollection AddConsole(this IServiceCollection services, IDruidSource? source) => services
        .AddSingleton(provider => new SourceFacts(
            source, provider.GetRequiredService<SourceHealth>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(static provider => new Exploration(
            provider.GetRequiredService<OutlierAnalyzer>(), provider.GetRequiredService<SourceFacts>(),
            provider.GetRequiredService<Settings>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetService<MonitoringRuntime>()?.Clock ?? provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(static provider => new SessionTickets(
            provider.GetRequiredService<KeyRing>(), provider.GetService<MonitoringRuntime>(), TimeProvider.System,
            provider.GetRequiredService<ILoggerFactory>()))
        // Who looks at a page waits for the store.
        .AddSingleton(static provider => ClusterRuntime.OpenStore(
            provider.GetRequiredService<Settings>(), provider.GetRequiredService<TimeProvider>(), retries: 1))
        .AddSingleton<IComponentActivator, PlainComponents>()
        .AddSingleton<ConsoleQueue>()
        .AddSingleton<CurrentIncidents>()
        .AddSingleton<ServiceState>()
        .AddSingleton<SettingsPageContent>();

    public static void MapConsole(this IEndpointRouteBuilder service)
    {
        service.MapAssets();
        var pages = service.MapGroup("").ExcludeFromDescription().WithMetadata(new PageFailures())
            .AddEndpointFilter(static (invocation, next) =>
            {
                Protect(invocation.HttpContext.Response.Headers);
                return next(invocation);
            })
            .AddEndpointFilter(SentForms.ReadAsync);
        pages.TakeHead();
        pages.MapSignIn();
        var viewers = pages.MapGroup("").RequireRole(Role.Viewer);
        viewers.MapFrame();
        viewers.MapOverview();
        viewers.MapIncidents();
        viewers.MapMonitors();
        viewers.MapModels();
        viewers.MapQueue();
        viewers.MapSettings();
        // To judge a series is an operator's business, as it is in version 2 of the interface.
        var operators = pages.MapGroup("").RequireRole(Role.Operator);
        operators.MapExplore();
        operators.MapCauses();
    }

    /// <summary>Who asks only whether a page is there gets its status and headers (RFC 9110, section 9.3.2).</summary>
    private static void TakeHead(this IEndpointConventionBuilder pages) => pages.Finally(static endpoint =>
    {
        for (var at = 0; at < endpoint.Metadata.Count; at++)
        {
            if (endpoint.Metadata[at] is IHttpMethodMetadata { HttpMethods: ["GET"] })
                endpoint.Metadata[at] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
        }
    });

    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // The origin of a form has to come with it: it tells our own pages from others.
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, private";
    }
}
