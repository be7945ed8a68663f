using AiOutliers.Service.Security;

namespace AiOutliers.Service.Api.V2;

/// <summary>One question about one series or many.</summary>
internal static class DetectEndpoints
{
    public static void MapDetect(this IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v2/detect", static (HttpContext context, DetectAnswers answers) => answers.AnswerAsync(context))
        .WithName("detect")
        .WithTags("detect")
        .WithSummary("Finds the anomalies of one series or of many.")
        .WithDescription("The most severe series come first. With Accept: application/x-ndjson each series is a line, sent as soon as it "
            + "is judged, in the order of the keys; the last line is {\"summary\":…}, or {\"error\":…} where something failed on "
            + "the way.")
        .TakesJson<DetectBody>()
        .Produces<DetectAnswer>()
        .FailsWith(400, 401, 403, 408, 413, 415, 422, 429, 500, 502, 503, 504)
        .RequireRole(Role.Operator);
}
