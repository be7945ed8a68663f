using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AiOutliers.Service.Hosting;

internal static class OpenApiDescription
{
    public const string Document = "v1";

    /// <summary>The framework's own MapOpenApi makes its route by reflection, which the first request of any kind would wait for.</summary>
    public static void MapDescription(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/openapi/{Document}.json", static async context =>
        {
            var provider = context.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document);
            var document = await provider.GetOpenApiDocumentAsync(context.RequestAborted);
            context.Response.ContentType = "application/json;charset=utf-8";
            await context.Response.WriteAsync(
                await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, context.RequestAborted), context.RequestAborted);
        });

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "rb-aioutliers";
        document.Info.Version = "1";
        document.Info.Description = "Finds anomalies in network-traffic time series held in Apache Druid.";
        // Where the service runs is the reader's business; the document is the same everywhere.
        document.Servers?.Clear();
        return Task.CompletedTask;
    });
}
