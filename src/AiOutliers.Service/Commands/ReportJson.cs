using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Commands;

/// <summary>
/// Every row with its score and verdict, and the incidents, as JSON. Of several metrics, <c>metrics</c> has an object with the rows of
/// each, and <c>incidents</c> are those of all of them, each with the metrics that it shows in. A missing number is null.
/// </summary>
internal static class ReportJson
{
    public static void Write(Stream stream, JointReport report)
    {
        using var json = new Utf8JsonWriter(stream, JsonWriting.Options with { Indented = true });
        json.WriteStartObject();
        WriteMembers(json, report);
        json.WriteEndObject();
    }

    /// <summary>What stands in the object of one series.</summary>
    public static void WriteMembers(Utf8JsonWriter json, JointReport report)
    {
        if (report.Reports is [var one])
            WriteOne(json, one);
        else
            WriteSeveral(json, report);
    }

    private static void WriteOne(Utf8JsonWriter json, AnalysisReport report)
    {
        json.WriteString("metric", report.Metric);
        json.WriteString("detector", report.Detector);
        json.WriteString("model", report.Model);
        WriteVerdict(json, report.Result);
        WriteTexts(json, "warnings", report.Warnings);
        WriteHistory(json, report.History);
        json.WriteStartArray("incidents");
        foreach (var incident in report.Result.Incidents)
            WriteIncident(json, incident);
        json.WriteEndArray();
        WriteRows(json, report);
    }

    private static void WriteSeveral(Utf8JsonWriter json, JointReport report)
    {
        json.WriteString("detector", report.Detector);
        WriteTexts(json, "warnings", report.Warnings);
        WriteHistory(json, report.History);
        json.WriteStartArray("incidents");
        foreach (var incident in report.Incidents)
            WriteIncident(json, incident);
        json.WriteEndArray();
        json.WriteStartArray("metrics");
        foreach (var one in report.Reports)
        {
            json.WriteStartObject();
            json.WriteString("metric", one.Metric);
            WriteVerdict(json, one.Result);
            WriteRows(json, one);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteVerdict(Utf8JsonWriter json, DetectionResult result)
    {
        json.WriteString("no_verdict", result.NoVerdict);
        json.WriteNumber("anomalies", result.AnomalyCount);
    }

    private static void WriteRows(Utf8JsonWriter json, AnalysisReport report)
    {
        json.WriteStartArray("rows");
        var values = report.Table.Column(report.Metric);
        for (var row = 0; row < report.Table.Rows; row++)
            WriteRow(json, report, row, values[row]);
        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, AnalysisReport report, int row, double value)
    {
        var result = report.Result;
        json.WriteStartObject();
        json.WriteString("timestamp", report.Table.Timestamps[row]);
        Number(json, "value", value);
        Number(json, "score", result.Scores[row]);
        json.WriteBoolean("anomaly", result.Anomalies[row]);
        Number(json, "expected", result.Expected[row]);
        Number(json, "lower", At(result.Lower, row));
        Number(json, "upper", At(result.Upper, row));
        Number(json, "severity", At(result.Severities, row));
        foreach (var score in result.OtherScores)
            Number(json, score.Name, score.Values[row]);
        if (result.Anomalies[row])
        {
            json.WriteString("alarms", AlarmNames(result.Alarms?[row] ?? AlarmClasses.None));
            json.WriteString("reason", result.Explain(row));
        }
        json.WriteEndObject();
    }

    private static void WriteIncident(Utf8JsonWriter json, Incident incident)
    {
        json.WriteStartObject();
        WriteHead(json, incident.Start, incident.End, incident.Kind, incident.Alarms);
        json.WriteString("peak", incident.Peak?.Timestamp);
        Number(json, "area", incident.Area);
        Number(json, "severity", incident.Severity);
        json.WriteString("reason", incident.Reason);
        json.WriteEndObject();
    }

    /// <summary>Each metric with its own peak, the most severe first: its severity and reason are the incident's.</summary>
    private static void WriteIncident(Utf8JsonWriter json, JointIncident incident)
    {
        json.WriteStartObject();
        WriteHead(json, incident.Start, incident.End, incident.Worst.Kind, incident.Alarms);
        Number(json, "severity", incident.Worst.Severity);
        json.WriteString("reason", incident.Worst.Reason);
        json.WriteStartArray("metrics");
        foreach (var (metric, own) in incident.Metrics)
        {
            json.WriteStartObject();
            json.WriteString("metric", metric);
            json.WriteString("peak", own.Peak?.Timestamp);
            Number(json, "value", own.Peak?.Value ?? double.NaN);
            Number(json, "expected", own.Peak?.Expected ?? double.NaN);
            Number(json, "severity", own.Severity);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, long start, long end, IncidentKind kind, AlarmClasses alarms)
    {
        json.WriteString("start", DateTimeOffset.FromUnixTimeMilliseconds(start).UtcDateTime);
        json.WriteString("end", DateTimeOffset.FromUnixTimeMilliseconds(end).UtcDateTime);
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));
        json.WriteString("alarms", AlarmNames(alarms));
    }

    private static void WriteHistory(Utf8JsonWriter json, HistoryReport history)
    {
        json.WriteStartObject("history");
        json.WriteNumber("rows", history.Rows);
        if (history.From is { } from)
            json.WriteString("from", DateTimeOffset.FromUnixTimeMilliseconds(from).UtcDateTime);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary><c>sharp, sustained</c>; null where the detector knows no classes.</summary>
    private static string? AlarmNames(AlarmClasses alarms) => alarms == AlarmClasses.None ? null : alarms.ToString().ToLowerInvariant();

    private static double At(double[]? values, int row) => values is { Length: > 0 } ? values[row] : double.NaN;

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
