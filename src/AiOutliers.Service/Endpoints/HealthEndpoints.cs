using AiOutliers.Service.Models;
using AiOutliers.Service.Options;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiOutliers.Service.Endpoints;

/// <summary>Whether the process lives, and whether it can answer: for systemd, Consul, load balancers and people.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).WithName("live").WithSummary("200 as long as the process answers at all.");
        routes.MapGet("/health/ready", Ready).WithName("ready").WithSummary("200 when requests can be answered; names the models that cannot be used.");
    }

    private static Ok<LiveAnswer> Live() => TypedResults.Ok(new LiveAnswer("live"));

    private static Ok<ReadyAnswer> Ready(Settings settings, ModelFolder models) => TypedResults.Ok(new ReadyAnswer(
        "ready",
        settings.Outliers.DefaultDetector,
        settings.DruidEndpoint is null ? "none" : settings.DruidEndpoint.StartsWith("duckdb:", StringComparison.Ordinal) ? "embedded" : "broker",
        models.Names.Count,
        models.Unusable));
}

internal sealed record LiveAnswer(string Status);

/// <param name="Status">ready.</param>
/// <param name="DefaultDetector">The detector that runs when no deep model applies.</param>
/// <param name="DataSource">broker, embedded or none.</param>
/// <param name="Models">How many models are in the folder.</param>
/// <param name="UnusableModels">Models that could not be loaded when they were asked for, with the reason.</param>
internal sealed record ReadyAnswer(string Status, string DefaultDetector, string DataSource, int Models, IReadOnlyDictionary<string, string> UnusableModels);
