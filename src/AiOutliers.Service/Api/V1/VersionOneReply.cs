using System.IO.Pipelines;
using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Json;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Api.V1;

/// <summary>
/// Version 1's answers, written straight to the response:
/// <c>{"status":"success","anomalies":[{"timestamp","expected"}],"prediction":[{"timestamp","forecast"}]}</c>. Rows without an expected
/// value are left out: JSON has no NaN, and 0 would be a lie. Where no row could be judged, a member <c>msg</c> says why.
/// </summary>
internal static class VersionOneReply
{
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");

    /// <summary>Names in messages come from requests: what is longer is cut in its middle.</summary>
    private const int LongestMessage = 1000;

    /// <param name="to">The answer's body.</param>
    /// <param name="table">The rows.</param>
    /// <param name="result">What was found in them.</param>
    /// <param name="forecastKey"><c>prediction</c> for <c>/calculate</c>, <c>predicted</c> for <c>/api/v1/outliers</c>.</param>
    /// <param name="cancellation">The client has gone, or is too slow.</param>
    public static async Task WriteAsync(
        PipeWriter to, MetricTable table, DetectionResult result, string forecastKey, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(to, JsonWriting.Options);
        json.WriteStartObject();
        json.WriteString("status"u8, "success"u8);
        json.WriteStartArray("anomalies"u8);
        for (var row = 0; row < table.Rows; row++)
        {
            if (result.Anomalies[row] && double.IsFinite(result.Expected[row]))
                WriteRow(json, table, row, "expected"u8, result.Expected[row]);
            if (json.BytesPending >= Sending.PartBytes)
                await SendAsync(json, to, cancellation);
        }
        json.WriteEndArray();
        json.WriteStartArray(forecastKey);
        for (var row = 0; row < table.Rows; row++)
        {
            if (double.IsFinite(result.Expected[row]))
                WriteRow(json, table, row, "forecast"u8, result.Expected[row]);
            if (json.BytesPending >= Sending.PartBytes)
                await SendAsync(json, to, cancellation);
        }
        json.WriteEndArray();
        if (result.NoVerdict is { } reason)
            json.WriteString("msg"u8, Shortened(reason));
        json.WriteEndObject();
        await SendAsync(json, to, cancellation);
    }

    public static void WriteError(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, "error"u8);
        json.WriteString("msg"u8, Shortened(message));
        json.WriteEndObject();
    }

    internal static string Shortened(string message) => message.Length <= LongestMessage
        ? message
        : $"{message.AsSpan(0, LongestMessage / 2)} … {message.AsSpan(message.Length - LongestMessage / 2)}";

    private static async Task SendAsync(Utf8JsonWriter json, PipeWriter to, CancellationToken cancellation)
    {
        json.Flush();
        await to.FlushAsync(cancellation);
    }

    private static void WriteRow(Utf8JsonWriter json, MetricTable table, int row, ReadOnlySpan<byte> name, double value)
    {
        Span<byte> timestamp = stackalloc byte[CanonicalTimestamp.Length];
        json.WriteStartObject();
        if (table.TryWriteTimestamp(row, timestamp))
            json.WriteString(Timestamp, timestamp);
        else
            json.WriteString(Timestamp, table.Timestamps[row]);
        json.WriteNumber(name, value);
        json.WriteEndObject();
    }
}
