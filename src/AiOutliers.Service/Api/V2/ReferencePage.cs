using System.Runtime.CompilerServices;
using Scalar.AspNetCore;

namespace AiOutliers.Service.Api.V2;

/// <summary>
/// The reference of both versions under <c>/docs</c>, for people. Its script is a part of the executable; the browser is told to load
/// nothing from elsewhere.
/// </summary>
internal static class ReferencePage
{
    private const string Path = "/docs";

    private const string Policy = "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>The page is put together when it is first asked for: making its routes would hold up every start.</summary>
    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var page = new Lazy<RequestDelegate>(() => PageOf(services));
        routes.MapGet(Path + "/{**rest}", context =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            // The page has routes of its own.
            context.SetEndpoint(null);
            return page.Value(context);
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RequestDelegate PageOf(IServiceProvider services) => new ApplicationBuilder(services)
        .UseRouting()
        .UseEndpoints(static routes => routes.MapScalarApiReference(Path, static options =>
        {
            options.Title = "rb-aioutliers";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.AddDocument("v2", "Version 2", "/openapi/v2.json").AddDocument("v1", "Version 1", "/openapi/v1.json");
        }))
        .Build();
}
