using System.Buffers;
using System.Text.Json;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Json;

namespace AiOutliers.Service.Api.V2;

/// <summary>What an answer has of one metric of one series.</summary>
/// <param name="Json">Its JSON; empty where it is not wanted.</param>
/// <param name="Severity">The largest of its incidents' severities.</param>
/// <param name="IsJudged">Whether there is a verdict.</param>
/// <param name="IsAnomalous">Whether it has an incident.</param>
/// <param name="Reason">Why it has none; null where it has a verdict.</param>
internal sealed record JudgedMetric(ReadOnlyMemory<byte> Json, double Severity, bool IsJudged, bool IsAnomalous, string? Reason);

/// <summary>What an answer has of one series. Made on several cores at once; the rows are not kept.</summary>
internal sealed record JudgedSeries(IReadOnlyList<JudgedMetric> Metrics)
{
    public string? Detector { get; init; }

    public string? Model { get; init; }

    public long Step { get; init; }

    public long From { get; init; } = long.MaxValue;

    public long To { get; init; } = long.MinValue;

    public int Rows { get; init; }

    public int Anomalies { get; init; }

    public HistoryReport History { get; init; } = HistoryReport.None;

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static JudgedSeries Of(SeriesReport series, DetectRequest request)
    {
        if (series.Report is not { } report)
            return new([new(NotJudged(series, request), 0, false, false, series.NotJudged)]);
        var table = report.Table;
        return new([.. report.Reports.Select(one => Of(series, one, request))])
        {
            Detector = report.Detector,
            Model = report.Reports[0].Model,
            Step = table.StepMilliseconds,
            From = table.Times[0],
            To = table.Times[^1] + table.StepMilliseconds,
            Rows = table.Rows,
            Anomalies = report.Reports.Sum(static one => one.Result.AnomalyCount),
            History = report.History,
            Warnings = [.. report.Warnings],
        };
    }

    private static JudgedMetric Of(SeriesReport series, AnalysisReport report, DetectRequest request)
    {
        var (incidents, why) = (report.Result.Incidents, report.Result.NoVerdict);
        var isAnomalous = incidents.Count > 0;
        var json = request.OnlyAnomalous && !isAnomalous
            ? default
            : Bytes(json => SeriesJson.Write(
                json, series.Key, report, series.Report?.Causes, request.WithRows, request.WithIncidents));
        return new(json, isAnomalous ? incidents.Max(static one => one.Severity) : 0, why is null, isAnomalous, why);
    }

    private static ReadOnlyMemory<byte> NotJudged(SeriesReport series, DetectRequest request) =>
        request.OnlyAnomalous ? default : Bytes(json => SeriesJson.WriteNotJudged(json, series.Key, series.NotJudged!));

    private static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonWriting.Options))
            write(json);
        return buffer.WrittenMemory;
    }
}
