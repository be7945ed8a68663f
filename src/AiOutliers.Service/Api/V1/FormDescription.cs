using AiOutliers.Service.Http;
using Microsoft.OpenApi;
using Context = Microsoft.AspNetCore.OpenApi.OpenApiOperationTransformerContext;

namespace AiOutliers.Service.Api.V1;

/// <summary>
/// Tells OpenAPI which form a route takes. The framework's own Accepts() would also refuse other content types with an empty 415,
/// where version 1 answers in words.
/// </summary>
internal static class FormDescription
{
    public static RouteHandlerBuilder TakesForm<TFields>(this RouteHandlerBuilder route) =>
        route.Describe(static () => async (OpenApiOperation operation, Context context, CancellationToken cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(TFields), cancellationToken: cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/x-www-form-urlencoded"] = new() { Schema = schema },
                    ["multipart/form-data"] = new() { Schema = schema },
                },
            };
        });
}
