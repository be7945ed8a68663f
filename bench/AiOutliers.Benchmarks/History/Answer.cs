using System.Globalization;
using System.Text.Json;

namespace AiOutliers.Benchmarks.History;

/// <summary>What <c>/calculate</c> answered.</summary>
/// <param name="Marked">The times of anomalous rows.</param>
/// <param name="Expected">Times and expected values, as they were written.</param>
/// <param name="Metric">The metric that was judged.</param>
/// <param name="HistoryRows">Rows before those that were asked for.</param>
/// <param name="Warning">What the service had to say; null for nothing.</param>
/// <param name="Milliseconds">From the request to the whole answer.</param>
internal sealed record Answer(
    IReadOnlyList<DateTimeOffset> Marked,
    IReadOnlyList<string> Expected,
    string Metric,
    int HistoryRows,
    string? Warning,
    double Milliseconds)
{
    public static Answer Read(ReadOnlyMemory<byte> body, Func<string, string?> header, double milliseconds)
    {
        using var json = JsonDocument.Parse(body);
        var (marked, expected) = (json.RootElement.GetProperty("anomalies"), json.RootElement.GetProperty("prediction"));
        return new(
            [.. marked.EnumerateArray().Select(static row => row.GetProperty("timestamp").GetDateTimeOffset())],
            [.. expected.EnumerateArray().Select(static row => row.GetRawText())],
            header("X-AiOutliers-Metric") ?? "",
            int.Parse(header("X-AiOutliers-History") ?? "0", CultureInfo.InvariantCulture),
            header("X-AiOutliers-Warning"),
            milliseconds);
    }
}
