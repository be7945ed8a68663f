using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Json;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Api.V2;

/// <summary>
/// Sends what was found: as one JSON object, the most severe series first; or, where the client accepts it, line by line.
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

    private Task SendAsync(IAsyncEnumerable<JudgedSeries> series, long bytes) => DetectLines.AreWanted(context.Request)
        ? Sending.RunAsync(context, admission.Answers, bytes,
            (to, limit) => DetectLines.WriteAsync(context.Response, series, Tally, fromSource, to, limit), LongestStream)
        : WriteObjectAsync(series);

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
                    + $"leave rows out of include, or send Accept: {DetectLines.Type}");
        }
        var detection = Stopwatch.GetElapsedTime(_started);
        context.Response.ContentType = JsonDescription.Json;
        await Sending.RunAsync(context, admission.Answers, bytes, async (to, limit) =>
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

    private static async Task FlushAsync(Utf8JsonWriter json, PipeWriter to, CancellationToken limit)
    {
        json.Flush();
        await to.FlushAsync(limit);
    }
}
