using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Json;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Api.V2;

/// <summary>
/// Sends what was found: as one JSON object, the most severe series first; or, where the client accepts it, a series a line in the order of
/// their keys, each as soon as it is judged, and at the end a line that tells of all of them.
/// </summary>
internal sealed class DetectWriter(HttpContext context, Admission admission, TimeSpan fromSource)
{
    /// <summary>Larger answers are asked for line by line.</summary>
    private const long LargestAnswer = 64L << 20;

    private static readonly TimeSpan LongestStream = TimeSpan.FromMinutes(10);

    private readonly long _started = Stopwatch.GetTimestamp();

    public DetectTally Tally { get; } = new();

    public Task WriteAsync(IReadOnlyList<JudgedSeries> series) => SendAsync(series.ToAsyncEnumerable(), 0);

    /// <exception cref="RequestException">The answer would be too large for one object.</exception>
    public Task WriteAsync(IAsyncEnumerable<JudgedSeries> series, FetchedSeries fetched)
    {
        Tally.Warn(fetched.Warnings);
        return SendAsync(series, fetched.Series.Bytes);
    }

    private Task SendAsync(IAsyncEnumerable<JudgedSeries> series, long bytes) => WantsLines(context.Request)
        ? Sending.RunAsync(context, admission.AnswerBytes, bytes, (to, limit) => WriteLinesAsync(series, to, limit), LongestStream)
        : WriteObjectAsync(series);

    private static bool WantsLines(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(static type => type.MediaType.Equals(DetectAnswers.Lines, StringComparison.OrdinalIgnoreCase));

    private async Task WriteObjectAsync(IAsyncEnumerable<JudgedSeries> series)
    {
        var (found, bytes) = (new List<JudgedMetric>(), 0L);
        await foreach (var one in series)
        {
            Tally.Add(one);
            foreach (var metric in one.Metrics.Where(static metric => !metric.Json.IsEmpty))
            {
                found.Add(metric with { Reason = null });
                bytes += metric.Json.Length;
            }
            if (bytes > LargestAnswer)
                throw new RequestException("/include", $"the answer would be larger than {LargestAnswer >> 20} MB; set only to anomalous, "
                    + $"leave rows out of include, or send Accept: {DetectAnswers.Lines}");
        }
        var detection = Stopwatch.GetElapsedTime(_started);
        context.Response.ContentType = "application/json";
        await Sending.RunAsync(context, admission.AnswerBytes, bytes, async (to, limit) =>
        {
            await using var json = new Utf8JsonWriter(to, JsonWriting.Options);
            json.WriteStartObject();
            Tally.WriteHead(json);
            json.WriteStartArray("series");
            // Sorting is stable: of equal severity the order of the keys stays.
            foreach (var metric in found.OrderByDescending(static metric => metric.Severity))
            {
                json.WriteRawValue(metric.Json.Span, skipInputValidation: true);
                if (json.BytesPending >= Sending.PartBytes)
                    await FlushAsync(json, to, limit);
            }
            json.WriteEndArray();
            Tally.WriteEnd(json, fromSource, detection);
            json.WriteEndObject();
            await FlushAsync(json, to, limit);
        });
    }

    private async Task WriteLinesAsync(IAsyncEnumerable<JudgedSeries> series, PipeWriter to, CancellationToken limit)
    {
        context.Response.ContentType = DetectAnswers.Lines;
        try
        {
            await foreach (var one in series.WithCancellation(limit))
            {
                Tally.Add(one);
                foreach (var metric in one.Metrics.Where(static metric => !metric.Json.IsEmpty))
                {
                    to.Write(metric.Json.Span);
                    to.Write("\n"u8);
                }
                if (to.UnflushedBytes >= Sending.PartBytes || !context.Response.HasStarted && to.UnflushedBytes > 0)
                    await to.FlushAsync(limit);
            }
            await WriteLineAsync(to, "summary", json =>
            {
                json.WriteStartObject();
                Tally.WriteHead(json);
                Tally.WriteEnd(json, fromSource, Stopwatch.GetElapsedTime(_started));
                json.WriteEndObject();
            }, limit);
        }
        catch (AiOutliersException error) when (context.Response.HasStarted)
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

    private static async Task FlushAsync(Utf8JsonWriter json, PipeWriter to, CancellationToken limit)
    {
        json.Flush();
        await to.FlushAsync(limit);
    }
}
