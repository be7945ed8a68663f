using System.Text.Json;
using System.Xml;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.Json;

/// <summary>
/// An answer as JSON: what was judged and how, then a series per metric. Of several metrics, <c>incidents</c> has what shows in any of
/// them, each with the metrics that it shows in. Times are milliseconds since 1970.
/// </summary>
public static class AnalysisJson
{
    /// <param name="json">Gets an object.</param>
    /// <param name="report">What was found.</param>
    /// <param name="source">What the rows came from; null leaves out what was read.</param>
    public static void Write(Utf8JsonWriter json, JointReport report, string? source = null)
    {
        json.WriteStartObject();
        if (source is not null)
            ReadJson.Write(json, ReadSummary.Of(report), source);
        WriteMembers(json, SeriesKey.None, report);
        json.WriteEndObject();
    }

    /// <summary>One of many series.</summary>
    public static void Write(Utf8JsonWriter json, SeriesReport series)
    {
        json.WriteStartObject();
        SeriesJson.WriteKey(json, series.Key);
        json.WriteString("notJudged", series.NotJudged);
        if (series.Report is { } report)
            WriteMembers(json, series.Key, report);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, SeriesKey key, JointReport report)
    {
        var reports = report.Reports;
        json.WriteString("detector", report.Detector);
        json.WriteString("model", reports[0].Model);
        WriteInterval(json, report.Table);
        WriteHistory(json, report.History);
        json.WriteStartArray("series");
        foreach (var one in reports)
            SeriesJson.Write(json, key, one, report.Causes);
        json.WriteEndArray();
        if (reports.Count > 1)
            WriteIncidents(json, report);
        json.WriteStartObject("counts");
        json.WriteNumber("series", reports.Count);
        json.WriteNumber("judged", reports.Count(static one => one.Result.NoVerdict is null));
        json.WriteNumber("anomalous", reports.Count(static one => one.Result.Incidents.Count > 0));
        json.WriteEndObject();
        json.WriteTexts("warnings", report.Warnings);
    }

    private static void WriteInterval(Utf8JsonWriter json, MetricTable table)
    {
        var step = table.StepMilliseconds;
        json.WriteString("granularity", step > 0 ? XmlConvert.ToString(TimeSpan.FromMilliseconds(step)) : null);
        json.WriteStartObject("interval");
        json.WriteNumber("from", table.Times[0]);
        json.WriteNumber("to", table.Times[^1] + step);
        json.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter json, HistoryReport history)
    {
        json.WriteStartObject("history");
        json.WriteNumber("rows", history.Rows);
        if (history.From is { } from)
            json.WriteNumber("from", from);
        else
            json.WriteNull("from");
        json.WriteBoolean("cached", history.Cached);
        json.WriteEndObject();
    }

    private static void WriteIncidents(Utf8JsonWriter json, JointReport report)
    {
        json.WriteStartArray("incidents");
        foreach (var incident in report.Incidents)
            IncidentJson.Write(json, incident, report.Causes.GetValueOrDefault(incident.Worst.Id));
        json.WriteEndArray();
    }
}
