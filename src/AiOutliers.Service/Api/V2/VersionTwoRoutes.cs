using AiOutliers.Service.Http;

namespace AiOutliers.Service.Api.V2;

/// <summary>Version 2: JSON in, JSON out, failures as ProblemDetails.</summary>
internal static class VersionTwoRoutes
{
    public static IServiceCollection AddVersionTwo(this IServiceCollection services) => services
        .AddSingleton(static provider => provider.GetRequiredService<Options.Settings>().Engine)
        .AddSingleton<JsonQuestions>()
        .AddSingleton<ExplainQuestions>()
        .AddSingleton<DetectQuestions>()
        .AddSingleton<DetectAnswers>()
        .AddSingleton<ExplainAnswers>()
        .AddSingleton<DataSourceAnswers>();

    /// <summary>
    /// What every answer says, a refusal too: it is of this caller and this moment, and it is nothing but what its type says.
    /// </summary>
    public static void UseVersionTwo(this WebApplication service) => service.Use(static (context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/api/v2"))
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.XContentTypeOptions = "nosniff";
        }
        return next(context);
    });

    public static void MapVersionTwo(this IEndpointRouteBuilder routes)
    {
        routes.MapDetect();
        routes.MapExplain();
        routes.MapCatalog();
        routes.MapReference();
        routes.MapGet("/docs/problems/{status:int}", static (int status) => Problems.PageOf(status) is { } page
            ? Results.Text(page, "text/plain; charset=utf-8")
            : Results.NotFound()).ExcludeFromDescription();
    }
}
