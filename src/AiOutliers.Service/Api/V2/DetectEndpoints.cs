using AiOutliers.Service.Http;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

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
        .Describe(static () => DescribeLinesAsync)
        .FailsWith(400, 401, 403, 408, 413, 415, 422, 429, 500, 502, 503, 504)
        .RequireRole(Role.Operator);

    /// <summary>A line is one of three.</summary>
    private static async Task DescribeLinesAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        Type[] lines = [typeof(AnswerSeries), typeof(SummaryLine), typeof(ErrorLine)];
        var schemas = new List<IOpenApiSchema>();
        foreach (var line in lines)
            schemas.Add(await context.GetOrCreateSchemaAsync(line, null, cancellation));
        operation.Responses!["200"].Content![DetectLines.Type] = new OpenApiMediaType { Schema = new OpenApiSchema { OneOf = schemas } };
    }
}
