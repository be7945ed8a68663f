using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Service.Http;

/// <summary>
/// Version 1's answers, written straight to the response: <c>{"status":"success","anomalies":[{"timestamp","expected"}],"prediction":[{"timestamp","forecast"}]}</c>.
/// Rows without an expected value are left out: JSON has no NaN, and 0 would be a lie. Where no row could be judged, a member <c>msg</c> says why.
/// </summary>
internal static class VersionOneReply
{
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");

    /// <param name="forecastKey"><c>prediction</c> for <c>/calculate</c>, <c>predicted</c> for <c>/api/v1/outliers</c>.</param>
    public static void Write(Utf8JsonWriter json, MetricTable table, DetectionResult result, string forecastKey)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, "success"u8);
        json.WriteStartArray("anomalies"u8);
        for (var row = 0; row < table.Rows; row++)
        {
            if (result.Anomalies[row] && double.IsFinite(result.Expected[row]))
                WriteRow(json, table, row, "expected"u8, result.Expected[row]);
        }
        json.WriteEndArray();
        json.WriteStartArray(forecastKey);
        for (var row = 0; row < table.Rows; row++)
        {
            if (double.IsFinite(result.Expected[row]))
                WriteRow(json, table, row, "forecast"u8, result.Expected[row]);
        }
        json.WriteEndArray();
        if (result.NoVerdict is { } reason)
            json.WriteString("msg"u8, reason);
        json.WriteEndObject();
    }

    public static void WriteError(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, "error"u8);
        json.WriteString("msg"u8, message);
        json.WriteEndObject();
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
