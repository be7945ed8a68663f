using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>One question about one series or many.</summary>
internal static class DetectEndpoints
{
    public static void MapDetect(this IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v2/detect", static (HttpContext context, DetectAnswers answers) => answers.AnswerAsync(context))
        .WithName("detect")
        .RequireRole(Role.Operator);
}
