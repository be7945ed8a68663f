using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Engine.Json;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Api.V2;

/// <summary>
/// An answer line by line: a series a line in the order of their keys, each as soon as it is judged, and at the end a line that tells of
/// all of them.
/// </summary>
internal static class DetectLines
{
    public const string Type = "application/x-ndjson";

    public static bool AreWanted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(static type => type.MediaType.Equals(Type, StringComparison.OrdinalIgnoreCase));

    /// <param name="response">Its type is set.</param>
    /// <param name="series">What was judged.</param>
    /// <param name="tally">Counts it.</param>
    /// <param name="fromSource">How long the rows took.</param>
    /// <param name="to">Where lines go.</param>
    /// <param name="limit">The client has gone or is too slow.</param>
    public static async Task WriteAsync(
        HttpResponse response, IAsyncEnumerable<JudgedSeries> series, DetectTally tally, TimeSpan fromSource, PipeWriter to,
        CancellationToken limit)
    {
        response.ContentType = Type;
        var started = Stopwatch.GetTimestamp();
        try
        {
            await foreach (var one in series.WithCancellation(limit))
            {
                tally.Add(one);
                foreach (var metric in one.Metrics.Where(static metric => !metric.Json.IsEmpty))
                {
                    to.Write(metric.Json.Span);
                    to.Write("\n"u8);
                }
                if (to.UnflushedBytes >= Sending.PartBytes || !response.HasStarted && to.UnflushedBytes > 0)
                    await to.FlushAsync(limit);
            }
            await WriteLineAsync(to, "summary", json =>
            {
                json.WriteStartObject();
                tally.WriteHead(json);
                tally.WriteEnd(json, fromSource, Stopwatch.GetElapsedTime(started));
                json.WriteEndObject();
            }, limit);
        }
        catch (AiOutliersException error) when (response.HasStarted)
        {
            // The status is sent: the last line says that the answer is not whole.
            await WriteLineAsync(to, "error", json => Problems.Write(json, StatusCodes.Status500InternalServerError, error.Message), limit);
        }
    }

    private static async Task WriteLineAsync(PipeWriter to, string name, Action<Utf8JsonWriter> value, CancellationToken limit)
    {
        using (var json = new Utf8JsonWriter(to, JsonWriting.Options))
        {
            json.WriteStartObject();
            json.WritePropertyName(name);
            value(json);
            json.WriteEndObject();
        }
        to.Write("\n"u8);
        await to.FlushAsync(limit);
    }
}
