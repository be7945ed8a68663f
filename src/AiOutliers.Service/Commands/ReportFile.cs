using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection;
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
        writer.WriteLine("timestamp,value,score,anomaly,expected,lower,upper");
        var values = report.Table.Column(report.Metric);
        for (var row = 0; row < report.Table.Rows; row++)
        {
            var (result, timestamp) = (report.Result, report.Table.Timestamps[row]);
            writer.WriteLine(string.Join(',', timestamp, Text(values[row]), Text(result.Scores[row]), result.Anomalies[row] ? "1" : "0",
                Text(result.Expected[row]), Text(At(result.Lower, row)), Text(At(result.Upper, row))));
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
        json.WriteStartArray("rows");
        var values = report.Table.Column(report.Metric);
        for (var row = 0; row < report.Table.Rows; row++)
        {
            json.WriteStartObject();
            json.WriteString("timestamp", report.Table.Timestamps[row]);
            Number(json, "value", values[row]);
            Number(json, "score", report.Result.Scores[row]);
            json.WriteBoolean("anomaly", report.Result.Anomalies[row]);
            Number(json, "expected", report.Result.Expected[row]);
            Number(json, "lower", At(report.Result.Lower, row));
            Number(json, "upper", At(report.Result.Upper, row));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double At(double[]? values, int row) => values is null ? double.NaN : values[row];

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
