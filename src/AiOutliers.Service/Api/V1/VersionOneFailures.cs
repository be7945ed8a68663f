using System.Text.Json;
using AiOutliers.Engine.Json;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Api.V1;

/// <summary>Version 1's frozen words: <c>{"status":"error","msg":"STAGE: what was wrong"}</c>.</summary>
internal sealed class VersionOneFailures : IFailureWriter
{
    public static readonly VersionOneFailures Instance = new();

    public Task WriteAsync(HttpContext context, Failure failure)
    {
        var stage = failure.IsUnexpected ? "Error while calculating prediction model" : "No data provided or requested";
        return WriteAsync(context, failure.Status, $"{stage}: {failure.Reason}");
    }

    public static async Task WriteAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonWriting.Options);
        VersionOneReply.WriteError(json, message);
    }
}
