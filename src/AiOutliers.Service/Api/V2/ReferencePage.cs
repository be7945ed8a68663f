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

    public static void MapReference(this IEndpointRouteBuilder routes) => routes
        .MapScalarApiReference(Path, static options =>
        {
            options.Title = "rb-aioutliers";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.AddDocument("v2", "Version 2", "/openapi/v2.json").AddDocument("v1", "Version 1", "/openapi/v1.json");
        })
        .ExcludeFromDescription()
        .AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
            context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
}
