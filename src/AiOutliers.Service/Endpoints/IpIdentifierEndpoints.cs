using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Service.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiOutliers.Service.Endpoints;

/// <summary>Which IPs caused the given outliers; version 1, frozen.</summary>
internal static class IpIdentifierEndpoints
{
    public static void MapIpIdentifier(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/ip_identifier", IdentifyAsync)
        .WithName("ip_identifier")
        .WithSummary("Which IPs caused the given outliers.")
        .WithDescription("The answer is a JSON string that holds JSON: {\"ips\":[{\"caused_by\":[\"<ip>\",…]},…]}, one entry per outlier, in order.")
        .Accepts<IpIdentifierForm>("application/x-www-form-urlencoded");

    private static async Task<Results<JsonHttpResult<string>, BadRequest<IpIdentifierError>>> IdentifyAsync(HttpContext context, ILoggerFactory loggers)
    {
        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        try
        {
            var payload = IpIdentifierPayload.Read(PayloadForm.Field("payload", body.FormBytes(context.Request)).Span);
            var causes = IpIdentifier.Identify(payload.Outliers, payload.Traffic, context.RequestAborted);
            return TypedResults.Json(IpIdentifierPayload.Write(causes));
        }
        catch (AiOutliersException error)
        {
            loggers.CreateLogger("AiOutliers.Service.IpIdentifier").LogInformation("Refused: {Reason}", error.Message);
            return TypedResults.BadRequest(new IpIdentifierError("Invalid data format"));
        }
    }
}

/// <param name="Payload">JSON: {"outliers":[{"timestamp":…}],"all_ips_data":{"IP":[{"timestamp":…,"result":{"bytes":n}}]}}.</param>
internal sealed record IpIdentifierForm(string Payload);

internal sealed record IpIdentifierError(string Error);
