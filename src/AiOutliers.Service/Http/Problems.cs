using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Http;

/// <summary>Version 2's failures: <c>application/problem+json</c> (RFC 9457), with an address that says what to do.</summary>
internal static class Problems
{
    private static readonly Dictionary<int, (string Title, string Help)> Kinds = new()
    {
        [400] = ("The request cannot be understood", "errors names each place by its JSON pointer and says what it takes."),
        [401] = ("A key is needed", "Send Authorization: Bearer KEY. rb-aioutliers keys add NAME ROLE makes a key."),
        [403] = ("Your role does not allow this", "Ask for a key with another role."),
        [404] = ("Not found", "GET /openapi/v2.json lists what there is."),
        [405] = ("The method is not allowed here", "GET /openapi/v2.json lists what there is."),
        [408] = ("Too slow", "The body, or the taking of the answer, took too long: ask for less at a time."),
        [409] = ("Something else needs it", "detail names what does: change that first."),
        [413] = ("The body is too large", "Send the query instead of its answer: the rows then go from Druid to the service."),
        [415] = ("The body is not JSON", "Send Content-Type: application/json."),
        [422] = ("Nothing can be judged", "The question is understood, but has no rows to judge: check interval, filter and metric."),
        [429] = ("Too many requests", "Wait as long as Retry-After says. [Security] requests_per_minute is the limit."),
        [500] = ("An unexpected failure", "The log has it under the request's id."),
        [502] = ("The data source failed", "detail has its own words."),
        [503] = ("Busy, or not set up", "Try again in a moment; without a data source, set [Druid] druid_endpoint."),
        [504] = ("The data source took too long",
            "Ask for a shorter interval or a coarser granularity, or raise context.timeout of the query."),
    };

    public static string TypeOf(int status) => $"/docs/problems/{status}";

    public static string? TitleOf(int status) => Kinds.TryGetValue(status, out var kind) ? kind.Title : null;

    /// <summary>The page that a problem's type leads to; null where there is none.</summary>
    public static string? PageOf(int status) => Kinds.TryGetValue(status, out var kind) ? $"{status} {kind.Title}\n\n{kind.Help}\n" : null;

    public static Task WriteAsync(HttpContext context, int status, string detail, IReadOnlyDictionary<string, string>? errors = null) =>
        Of(status, detail, errors).ExecuteAsync(context);

    public static IResult Of(int status, string detail, IReadOnlyDictionary<string, string>? errors = null) => TypedResults.Problem(
        detail, statusCode: status, title: TitleOf(status), type: TypeOf(status),
        extensions: errors is null ? null : new Dictionary<string, object?> { ["errors"] = errors });

    /// <summary>The same as a value, for an answer that has begun.</summary>
    public static void Write(Utf8JsonWriter json, int status, string detail)
    {
        json.WriteStartObject();
        json.WriteString("type", TypeOf(status));
        json.WriteString("title", TitleOf(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteEndObject();
    }

    /// <summary>The status of a failure that is understood.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="stage">Where it came.</param>
    public static int StatusOf(AiOutliersException error, AnalysisStage stage) => error.Kind switch
    {
        ErrorKind.NothingToJudge => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.BadInput when stage == AnalysisStage.Detection => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.BadInput => StatusCodes.Status400BadRequest,
        ErrorKind.InUse => StatusCodes.Status409Conflict,
        ErrorKind.SourceFailed when error.InnerException is OperationCanceledException or TimeoutException
            => StatusCodes.Status504GatewayTimeout,
        ErrorKind.SourceFailed => StatusCodes.Status502BadGateway,
        ErrorKind.UnusableModel => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
