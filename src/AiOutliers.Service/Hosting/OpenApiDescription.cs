using AiOutliers.Service.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;

namespace AiOutliers.Service.Hosting;

/// <summary>The descriptions of both versions of the interface.</summary>
internal static class OpenApiDescription
{
    private const string First = "v1", Second = "v2", BearerScheme = "key";

    private static IServiceCollection AddDescriptions(this IServiceCollection services) => services
        .AddOpenApi(First, static options =>
            Configure(options, First, "Finds anomalies in network-traffic time series held in Apache Druid."))
        .AddOpenApi(Second, static options =>
        {
            Configure(options, Second, "One question about one series or many: anomalies, expected values, incidents. Failures are "
                + "application/problem+json. Keys: docs/security.md.");
            options.CreateSchemaReferenceId = SchemaDetails.NameOf;
            options.AddSchemaTransformer(SchemaDetails.AddAsync);
            options.AddDocumentTransformer(AddKeysAsync);
            options.AddOperationTransformer(AddHeadersAsync);
        });

    /// <summary>
    /// The framework's own MapOpenApi makes its route by reflection, which the first request of any kind would wait for. What writes the
    /// descriptions is put together when somebody asks for one: its libraries take 4 MB.
    /// </summary>
    /// <param name="routes">Where the routes are, and which are described.</param>
    /// <param name="parts">What the service is made of: a parameter that is one of them is not read from the request.</param>
    public static void MapDescription(this IEndpointRouteBuilder routes, IServiceCollection parts)
    {
        var writer = new Lazy<IServiceProvider>(() => Writer(routes.ServiceProvider, parts));
        routes.MapGet($"/openapi/{First}.json", context => WriteAsync(context, writer.Value, First));
        routes.MapGet($"/openapi/{Second}.json", context => WriteAsync(context, writer.Value, Second));
    }

    private static ServiceProvider Writer(IServiceProvider service, IServiceCollection parts) => new ServiceCollection()
        .Add(parts)
        .AddDescriptions()
        .AddSingleton(service.GetRequiredService<EndpointDataSource>())
        .AddSingleton(service.GetRequiredService<IServer>())
        .BuildServiceProvider();

    private static async Task WriteAsync(HttpContext context, IServiceProvider writer, string version)
    {
        var provider = writer.GetRequiredKeyedService<IOpenApiDocumentProvider>(version);
        var document = await provider.GetOpenApiDocumentAsync(context.RequestAborted);
        context.Response.ContentType = "application/json;charset=utf-8";
        await context.Response.WriteAsync(
            await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, context.RequestAborted), context.RequestAborted);
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        foreach (var route in context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteDescription>())
        {
            var change = (Func<OpenApiOperation, OpenApiOperationTransformerContext, CancellationToken, Task>)route.Change();
            await change(operation, context, cancellation);
        }
    }

    private static void Configure(OpenApiOptions options, string version, string description)
    {
        options.ShouldInclude = route =>
            route.RelativePath?.StartsWith($"api/{Second}/", StringComparison.Ordinal) == true == (version == Second);
        options.AddOperationTransformer(DescribeAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "rb-aioutliers";
            document.Info.Version = version[1..];
            document.Info.Description = description;
            // Where the service runs is the reader's business; the document is the same everywhere.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    }

    /// <summary>What a refused client needs beside the words.</summary>
    private static Task AddHeadersAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken _)
    {
        AddHeader(operation, "401", "WWW-Authenticate", JsonSchemaType.String, "How a key is sent.");
        AddHeader(operation, "429", "Retry-After", JsonSchemaType.Integer, "Seconds to wait.");
        return Task.CompletedTask;
    }

    private static void AddHeader(OpenApiOperation operation, string status, string name, JsonSchemaType type, string words)
    {
        if (operation.Responses?.TryGetValue(status, out var known) != true || known is not OpenApiResponse response)
            return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = new OpenApiHeader { Description = words, Schema = new OpenApiSchema { Type = type } };
    }

    private static Task AddKeysAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
