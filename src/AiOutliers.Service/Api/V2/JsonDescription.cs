using AiOutliers.Service.Http;
using Microsoft.OpenApi;
using Context = Microsoft.AspNetCore.OpenApi.OpenApiOperationTransformerContext;

namespace AiOutliers.Service.Api.V2;

/// <summary>
/// Tells OpenAPI what a route takes and fails with. The framework's own Accepts() would also refuse other content types with an empty 415.
/// </summary>
internal static class JsonDescription
{
    public const string Json = "application/json", Yaml = "application/yaml";

    /// <param name="route">The route.</param>
    /// <param name="isRequired">Whether there has to be a body.</param>
    public static RouteHandlerBuilder TakesJson<TBody>(this RouteHandlerBuilder route, bool isRequired = true) =>
        route.Describe(() => async (OpenApiOperation operation, Context context, CancellationToken cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(TBody), cancellationToken: cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = isRequired,
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = schema } },
            };
        });

    /// <summary>Documents of monitors, contacts and routes: one as JSON, any number as YAML.</summary>
    public static RouteHandlerBuilder TakesDocuments(this RouteHandlerBuilder route) =>
        route.Describe(static () => async (OpenApiOperation operation, Context context, CancellationToken cancellation) =>
        {
            var one = await context.GetOrCreateSchemaAsync(typeof(DocumentBody), cancellationToken: cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new() { Schema = one },
                    [Yaml] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            };
        });

    /// <summary>What stands behind the question mark, all of it optional.</summary>
    /// <param name="route">The route.</param>
    /// <param name="parameters">The type is one of a JSON schema.</param>
    public static RouteHandlerBuilder TakesQuery(
        this RouteHandlerBuilder route, params IReadOnlyList<(string Name, string Type, string Words)> parameters) =>
        route.Describe(() => (OpenApiOperation operation, Context _, CancellationToken _) =>
        {
            operation.Parameters ??= [];
            foreach (var (name, type, words) in parameters)
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Query,
                    Description = words,
                    Schema = new OpenApiSchema { Type = type.ToJsonSchemaType() },
                });
            }
            return Task.CompletedTask;
        });

    /// <summary>Says what a parameter of the route is.</summary>
    public static RouteHandlerBuilder Names(this RouteHandlerBuilder route, string name, string words, bool isRequired = false) =>
        route.Describe(() => (OpenApiOperation operation, Context _, CancellationToken _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(one => one.Name == name))
                (parameter.Description, parameter.Required) = (words, parameter.Required || isRequired);
            return Task.CompletedTask;
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
