using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>Why: the values that carry the deviation of a window.</summary>
internal static class ExplainEndpoints
{
    public static void MapExplain(this IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v2/explain", static (HttpContext context, ExplainAnswers answers) => answers.AnswerAsync(context))
        .WithName("explain")
        .WithTags("detect")
        .WithSummary("Says which values of which dimensions carry the deviation of a window, or of an incident.")
        .WithDescription(
            "The window is judged as detect would, and compared with the same time of earlier weeks. docs/causes.md has the method.")
        .TakesJson<ExplainBody>()
        .Produces<ExplainAnswer>()
        .FailsWith(400, 401, 403, 408, 413, 415, 422, 429, 500, 502, 503, 504)
        .RequireRole(Role.Operator);
}
