using System.Net;
using System.Text.Json;
using AiOutliers.Detection;

namespace AiOutliers.Druid.Client;

/// <summary>Says in words why an answer is not a result: in the broker's own where it gave any.</summary>
internal static class BrokerError
{
    private const int LongestMessage = 500;

    public static AiOutliersException From(HttpStatusCode status, string? contentType, ReadOnlySpan<byte> body)
    {
        var (words, errorClass) = Words(body);
        // Druid answers 500 to a query that it cannot read: only the class tells it from a broker that failed.
        var refused = status == HttpStatusCode.BadRequest && words is not null || errorClass is not null && Hint(errorClass).Length > 0;
        var reason = words ?? Meaning(status, contentType, body.IsEmpty);
        return new(
            refused ? ErrorKind.BadInput : ErrorKind.SourceFailed,
            $"the broker answered {(int)status}: {reason}",
            errorClass == "QueryTimeoutException" ? new TimeoutException() : null);
    }

    /// <summary>A file that holds no rows but what Druid said instead of them.</summary>
    public static AiOutliersException OfFile(string name, ReadOnlySpan<byte> body) =>
        new(ErrorKind.BadInput, $"{name} holds an error of Druid instead of rows: {Words(body).Words ?? "without a reason"}");

    /// <summary>
    /// Both shapes of error object: error, errorMessage and, where the message says little, the class. The host stays out.
    /// </summary>
    private static (string? Words, string? ErrorClass) Words(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!JsonElement.TryParseValue(ref reader, out var parsed) || parsed is not { ValueKind: JsonValueKind.Object } json)
                return default;
            var errorClass = Text(json, "errorClass")?.Split('.')[^1];
            var parts = new[] { Text(json, "error"), Text(json, "errorMessage"), errorClass }
                .Where(static part => !string.IsNullOrWhiteSpace(part)).Distinct(StringComparer.Ordinal).ToArray();
            return (parts.Length == 0 ? null : Shortened(string.Join(": ", parts)) + Hint(errorClass) + Advice(errorClass), errorClass);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>To a query that it cannot read Druid names no more than a class of its parser.</summary>
    private static string Hint(string? errorClass) => errorClass switch
    {
        "InvalidTypeIdException" => " (the query, an aggregation, a filter or a granularity has a type that this Druid does not know)",
        "ValueInstantiationException" => " (a field of the query is missing or has a value that is not allowed)",
        "MismatchedInputException" or "JsonMappingException" => " (the query is empty, or a field of it has the wrong form)",
        _ => "",
    };

    /// <summary>What Druid says of its limits is for whoever runs it; this is for whoever asks.</summary>
    private static string Advice(string? errorClass) => errorClass == "ResourceLimitExceededException"
        ? " (ask for fewer series, a shorter interval or a coarser granularity)"
        : "";

    private static string Meaning(HttpStatusCode status, string? contentType, bool empty) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            "it wants credentials; set [Druid] druid_user and druid_password, or druid_token",
        HttpStatusCode.NotFound => "it does not know this address; druid_endpoint usually ends in /druid/v2/",
        HttpStatusCode.MethodNotAllowed => "it takes no POST at this address; druid_endpoint usually ends in /druid/v2/",
        HttpStatusCode.TooManyRequests => "it has too many queries at the moment; ask less often",
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
            "it sends elsewhere; put the address it leads to into druid_endpoint",
        HttpStatusCode.NotAcceptable => "it cannot answer in JSON",
        HttpStatusCode.UnsupportedMediaType => "it does not take JSON at this address; druid_endpoint usually ends in /druid/v2/",
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            "no broker stands behind this address at the moment",
        HttpStatusCode.OK when contentType is null or "application/json" => "with a JSON object, where a list of rows belongs",
        _ when empty => "without saying why",
        _ => $"with {contentType ?? "a body of unknown type"} instead of Druid's JSON; check that druid_endpoint names a broker",
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Shortened(string text)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= LongestMessage ? text : text[..LongestMessage] + "…";
    }
}
