using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Service.Analysis;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Commands;

/// <summary>Every row with its score and verdict, as CSV or JSON. A missing number is an empty field, or null.</summary>
internal static class ReportFile
{
    /// <summary>Written to a temporary name and renamed: a reader never meets half a file.</summary>
    public static void Write(string path, AnalysisReport report)
    {
        var extension = CheckedExtension(path);
        try
        {
            WriteWhole(path, extension, report);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Asked before the work begins, too.</summary>
    public static string CheckedExtension(string path) => Path.GetExtension(path) is ".csv" or ".json"
        ? Path.GetExtension(path)
        : throw new AiOutliersException(ErrorKind.BadInput, $"--output '{path}': the name must end in .csv or .json");

    private static void WriteWhole(string path, string extension, AnalysisReport report)
    {
        var temporary = path + ".part";
        if (extension == ".csv")
        {
            using var writer = new StreamWriter(temporary);
            WriteCsv(writer, report);
        }
        else
        {
            using var stream = File.Create(temporary);
            WriteJson(stream, report);
        }
        File.Move(temporary, path, overwrite: true);
    }

    public static void WriteCsv(TextWriter writer, AnalysisReport report)
    {
        var result = report.Result;
        var values = report.Table.Column(report.Metric);
        writer.WriteLine(string.Join(',', ["timestamp", "value", "score", "anomaly", "expected", "lower", "upper", "severity", "reason", .. result.OtherScores.Select(static score => score.Name)]));
        for (var row = 0; row < report.Table.Rows; row++)
        {
            writer.WriteLine(string.Join(',',
            [
                Quoted(report.Table.Timestamps[row]), Text(values[row]), Text(result.Scores[row]), result.Anomalies[row] ? "1" : "0",
                Text(result.Expected[row]), Text(At(result.Lower, row)), Text(At(result.Upper, row)), Text(At(result.Severities, row)),
                Quoted(result.Explain(row) ?? ""), .. result.OtherScores.Select(score => Text(score.Values[row])),
            ]));
        }
    }

    public static void WriteJson(Stream stream, AnalysisReport report)
    {
        using var json = new Utf8JsonWriter(stream, JsonWriting.Options with { Indented = true });
        json.WriteStartObject();
        json.WriteString("metric", report.Metric);
        json.WriteString("detector", report.Detector);
        json.WriteString("model", report.Model);
        json.WriteString("no_verdict", report.Result.NoVerdict);
        json.WriteNumber("anomalies", report.Result.AnomalyCount);
        WriteTexts(json, "warnings", report.Warnings);
        WriteHistory(json, report.History);
        WriteIncidents(json, report);
        json.WriteStartArray("rows");
        var values = report.Table.Column(report.Metric);
        for (var row = 0; row < report.Table.Rows; row++)
            WriteRow(json, report, row, values[row]);
        json.WriteEndArray();
        json.WriteEndObject();
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

    private static void WriteIncidents(Utf8JsonWriter json, AnalysisReport report)
    {
        json.WriteStartArray("incidents");
        foreach (var incident in report.Result.Incidents)
        {
            json.WriteStartObject();
            json.WriteString("start", DateTimeOffset.FromUnixTimeMilliseconds(incident.Start).UtcDateTime);
            json.WriteString("end", DateTimeOffset.FromUnixTimeMilliseconds(incident.End).UtcDateTime);
            json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(incident.Kind.ToString()));
            json.WriteString("alarms", AlarmNames(incident.Alarms));
            json.WriteString("peak", incident.Peak?.Timestamp);
            Number(json, "area", incident.Area);
            Number(json, "severity", incident.Severity);
            json.WriteString("reason", incident.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
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

    /// <summary>Quoted where the text holds a comma or a quote.</summary>
    private static string Quoted(string text) => text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
