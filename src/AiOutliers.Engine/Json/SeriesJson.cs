using System.Text.Json;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Engine.Json;

/// <summary>
/// What was found in one metric of one series, as JSON: its rows in columns, its incidents. What the detector does not give is null.
/// </summary>
public static class SeriesJson
{
    /// <param name="json">Gets an object.</param>
    /// <param name="key">Which of many series it is.</param>
    /// <param name="report">What was found.</param>
    /// <param name="causes">Causes by the id of an incident.</param>
    /// <param name="rows">Whether its rows are wanted.</param>
    /// <param name="incidents">Whether its incidents are wanted.</param>
    public static void Write(
        Utf8JsonWriter json, SeriesKey key, AnalysisReport report, IReadOnlyDictionary<string, ExplanationReport>? causes = null,
        bool rows = true, bool incidents = true)
    {
        json.WriteStartObject();
        WriteKey(json, key);
        json.WriteString("metric", report.Metric);
        json.WriteBoolean("judged", report.Result.NoVerdict is null);
        json.WriteString("notJudged", report.Result.NoVerdict);
        if (rows)
            WriteRows(json, report);
        if (incidents)
        {
            json.WriteStartArray("incidents");
            foreach (var incident in report.Result.Incidents)
                IncidentJson.Write(json, incident, causes?.GetValueOrDefault(incident.Id));
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>One that could not be judged at all.</summary>
    public static void WriteNotJudged(Utf8JsonWriter json, SeriesKey key, string reason)
    {
        json.WriteStartObject();
        WriteKey(json, key);
        json.WriteNull("metric");
        json.WriteBoolean("judged", false);
        json.WriteString("notJudged", reason);
        json.WriteEndObject();
    }

    internal static void WriteKey(Utf8JsonWriter json, SeriesKey key)
    {
        json.WriteStartObject("key");
        foreach (var (dimension, value) in key.Parts)
            json.WriteString(dimension, value);
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, AnalysisReport report)
    {
        var result = report.Result;
        json.WriteStartObject("rows");
        json.WriteStartArray("time");
        foreach (var time in report.Table.Times)
            json.WriteNumberValue(time);
        json.WriteEndArray();
        json.WriteColumn("value", report.Table.Column(report.Metric));
        json.WriteColumn("expected", result.Expected);
        WriteOptional(json, "lower", result.Lower);
        WriteOptional(json, "upper", result.Upper);
        json.WriteColumn("score", result.Scores);
        WriteOptional(json, "severity", result.Severities);
        json.WriteStartArray("anomalous");
        foreach (var anomaly in result.Anomalies)
            json.WriteBooleanValue(anomaly);
        json.WriteEndArray();
        json.WriteStartObject("scores");
        foreach (var score in result.OtherScores)
            json.WriteColumn(score.Name, score.Values);
        json.WriteEndObject();
        WriteReasons(json, report);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double[]? values)
    {
        if (values is null)
            json.WriteNull(name);
        else
            json.WriteColumn(name, values);
    }

    /// <summary>Of the anomalous rows only.</summary>
    private static void WriteReasons(Utf8JsonWriter json, AnalysisReport report)
    {
        json.WriteStartArray("reasons");
        foreach (var reason in report.Result.Reasons)
        {
            json.WriteStartObject();
            json.WriteNumber("time", report.Table.Times[reason.Row]);
            json.WritePropertyName("alarms");
            IncidentJson.WriteAlarms(json, report.Result.Alarms?[reason.Row] ?? AlarmClasses.None);
            json.WriteString("reason", reason.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
