using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Service.Options;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiOutliers.Service.Hosting;

/// <summary>Whether the process lives, and whether it can answer: for systemd, Consul, load balancers and people.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).WithName("live").WithSummary("200 as long as the process answers at all.");
        routes.MapGet("/health/ready", Ready).WithName("ready")
            .WithSummary("200 when requests can be answered; names the models that cannot be used.")
            .Produces<ReadyAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<LiveAnswer> Live() => TypedResults.Ok(new LiveAnswer("live"));

    private static Results<Ok<ReadyAnswer>, JsonHttpResult<ReadyAnswer>> Ready(
        Settings settings, ModelFolder models, SourceHealth source, IServiceProvider services)
    {
        var answer = new ReadyAnswer(
            source.IsReady ? "ready" : "unavailable",
            settings.Engine.DefaultDetector,
            settings.DruidEndpoint is null ? "none" : DataSource.IsEmbedded(settings.DruidEndpoint) ? "embedded" : "broker",
            source.FailingSince,
            models.Names.Count,
            models.Unusable,
            services.GetService<ModelSync>() is { } sync
                ? new(sync.Last?.At, sync.Last?.Models ?? 0, sync.Last?.Failure, sync.Rejected)
                : null);
        return source.IsReady ? TypedResults.Ok(answer) : TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

internal sealed record LiveAnswer(string Status);

/// <param name="Status">ready, or unavailable with status 503.</param>
/// <param name="DefaultDetector">The detector that runs when no deep model applies.</param>
/// <param name="DataSource">broker, embedded or none.</param>
/// <param name="SourceFailingSince">Since when the data source has been failing; null when it is not.</param>
/// <param name="Models">How many models are in the folder.</param>
/// <param name="UnusableModels">Models that could not be loaded when they were asked for or replaced, with the reason.</param>
/// <param name="Store">The model store; null when only the local folder is used.</param>
internal sealed record ReadyAnswer(
    string Status, string DefaultDetector, string DataSource, DateTimeOffset? SourceFailingSince, int Models,
    IReadOnlyDictionary<string, string> UnusableModels, StoreAnswer? Store);

/// <param name="LastPoll">When the store was last looked at; null before the first time has ended.</param>
/// <param name="Models">How many models are in the store.</param>
/// <param name="Failure">Why the store could not be read the last time; the models that were fetched before stay in use.</param>
/// <param name="RejectedModels">Models of the store that cannot be used, with the reason; those before them stay in use.</param>
internal sealed record StoreAnswer(
    DateTimeOffset? LastPoll, int Models, string? Failure, IReadOnlyDictionary<string, string> RejectedModels);
