using AiOutliers.Engine;
using AiOutliers.Engine.Detectors;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiOutliers.Service.Api.V2;

/// <summary>What there is to ask for: data sources, their columns and values, detectors and their options.</summary>
internal static class CatalogEndpoints
{
    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/datasources", static (DataSourceAnswers sources, HttpContext context) => sources.ListAsync(context))
            .WithName("datasources").WithTags("catalog").WithSummary("The data sources' names, in order.")
            .TakesQuery(NamesQuery.Parameters("names", DataSourceAnswers.MostNames))
            .Produces<DataSourcesAnswer>().FailsWith(400, 401, 403, 429, 500, 502, 503, 504).RequireRole(Role.Viewer);
        routes.MapGet("/api/v2/datasources/{name}",
                static (string name, DataSourceAnswers sources, HttpContext context) => sources.DescribeAsync(context, name))
            .WithName("datasource").WithTags("catalog").WithSummary("Its dimensions, its metrics, its first and last time.")
            .Names("name", "The data source.")
            .Produces<DataSourceAnswer>().FailsWith(401, 403, 404, 429, 500, 502, 503, 504).RequireRole(Role.Viewer);
        routes.MapGet("/api/v2/datasources/{name}/values",
                static (string name, string? dimension, string? q, DataSourceAnswers sources, HttpContext context) =>
                    sources.ValuesAsync(context, name, dimension, q))
            .WithName("values").WithTags("catalog")
            .WithSummary("The values of a dimension in the last week of data that contain q, the most frequent first; at most 100.")
            .Names("name", "The data source.")
            .Names("dimension", "Whose values.", isRequired: true)
            .Names("q", "A part of the value; capitals count as small letters.")
            .Produces<ValuesAnswer>().FailsWith(400, 401, 403, 404, 429, 500, 502, 503, 504).RequireRole(Role.Viewer);
        routes.MapGet("/api/v2/detectors", Detectors)
            .WithName("detectors").WithTags("catalog").WithSummary("The detectors with their options, defaults and ranges.")
            .FailsWith(401, 403, 429, 500).RequireRole(Role.Viewer);
    }

    private static Ok<DetectorsAnswer> Detectors(EngineSettings settings) =>
        TypedResults.Ok(new DetectorsAnswer(settings.DefaultDetector, DetectorOptions.Describe(settings)));
}

/// <param name="Default">What runs when nobody names one.</param>
/// <param name="Detectors">All of them.</param>
internal sealed record DetectorsAnswer(string Default, IReadOnlyList<DetectorDescription> Detectors);

/// <param name="DataSources">Their names.</param>
/// <param name="Next">As <c>after</c> it gives the next page; null on the last.</param>
internal sealed record DataSourcesAnswer(IReadOnlyList<string> DataSources, string? Next);

/// <param name="Name">Its name.</param>
/// <param name="Dimensions">What its rows can be grouped and filtered by.</param>
/// <param name="Metrics">What can be aggregated.</param>
/// <param name="First">The time of its first row, milliseconds since 1970; null when it has none.</param>
/// <param name="Last">The time of its last row.</param>
internal sealed record DataSourceAnswer(
    string Name, IReadOnlyList<string> Dimensions, IReadOnlyList<string> Metrics, long? First, long? Last);

/// <param name="Dimension">The dimension.</param>
/// <param name="Values">Values with the number of their rows; the most frequent first.</param>
/// <param name="Truncated">Whether there are more.</param>
internal sealed record ValuesAnswer(string Dimension, IReadOnlyList<ValueAnswer> Values, bool Truncated);

internal sealed record ValueAnswer(string Value, long Rows);
