using AiOutliers.Service.Http;
using Microsoft.OpenApi;

namespace AiOutliers.Service.Api.V2;

/// <summary>
/// Tells OpenAPI what a route takes and fails with. The framework's own Accepts() would also refuse other content types with an empty 415.
/// </summary>
internal static class JsonDescription
{
    public static RouteHandlerBuilder TakesJson<TBody>(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(TBody), cancellationToken: cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            };
        });

    public static RouteHandlerBuilder FailsWith(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<ProblemAnswer>(status, "application/problem+json");
        return route.WithMetadata(ProblemFailures.Instance);
    }
}

/// <param name="Type">Where the docs say what to do.</param>
/// <param name="Title">What kind of failure it is.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong, where, and what to do.</param>
/// <param name="Errors">Of 400: JSON pointer and message of every mistake.</param>
internal sealed record ProblemAnswer(
    string Type, string Title, int Status, string Detail, IReadOnlyDictionary<string, string>? Errors = null);
