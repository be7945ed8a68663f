using AiOutliers.Service.Http;

namespace AiOutliers.Service.Api.V2;

/// <summary>Version 2: JSON in, JSON out, failures as ProblemDetails.</summary>
internal static class VersionTwoRoutes
{
    public static IServiceCollection AddVersionTwo(this IServiceCollection services) => services
        .AddSingleton(static provider => provider.GetRequiredService<Options.Settings>().Engine)
        .AddSingleton<DetectQuestions>()
        .AddSingleton<DetectAnswers>()
        .AddSingleton<ExplainAnswers>()
        .AddSingleton<DataSourceAnswers>();

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
