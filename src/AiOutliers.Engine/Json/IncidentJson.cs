using System.Text.Json;
using AiOutliers.Detection.Incidents;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Engine.Json;

/// <summary>An incident as JSON. Times are milliseconds since 1970.</summary>
public static class IncidentJson
{
    /// <param name="json">Gets an object.</param>
    /// <param name="incident">The incident.</param>
    /// <param name="causes">Its causes; null where none were asked for.</param>
    public static void Write(Utf8JsonWriter json, Incident incident, ExplanationReport? causes = null)
    {
        json.WriteStartObject();
        json.WriteString("id", incident.Id);
        WriteKind(json, incident.Kind, incident.Alarms);
        WriteTimes(json, incident.Start, incident.End, incident.Ongoing);
        json.WriteNumber("severity", incident.Severity);
        WritePeak(json, incident.Peak);
        json.WriteFinite("area", incident.Area);
        json.WriteString("reason", incident.Reason);
        WriteCauses(json, causes);
        json.WriteEndObject();
    }

    /// <summary>
    /// What shows in several metrics: id, kind, severity and reason are those of the most severe one, which stands first.
    /// </summary>
    public static void Write(Utf8JsonWriter json, JointIncident incident, ExplanationReport? causes = null)
    {
        json.WriteStartObject();
        json.WriteString("id", incident.Worst.Id);
        WriteKind(json, incident.Worst.Kind, incident.Alarms);
        WriteTimes(json, incident.Start, incident.End, incident.Metrics.Any(static own => own.Incident.Ongoing));
        json.WriteNumber("severity", incident.Worst.Severity);
        json.WriteString("reason", incident.Worst.Reason);
        json.WriteStartArray("metrics");
        foreach (var (metric, own) in incident.Metrics)
        {
            json.WriteStartObject();
            json.WriteString("metric", metric);
            json.WriteString("id", own.Id);
            json.WriteNumber("severity", own.Severity);
            WritePeak(json, own.Peak);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteCauses(json, causes);
        json.WriteEndObject();
    }

    /// <summary><c>["sharp","sustained"]</c>; empty where the detector knows no classes.</summary>
    internal static void WriteAlarms(Utf8JsonWriter json, AlarmClasses alarms)
    {
        json.WriteStartArray();
        foreach (var alarm in Enum.GetValues<AlarmClasses>())
        {
            if (int.IsPow2((int)alarm) && alarms.HasFlag(alarm))
                json.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(alarm.ToString()));
        }
        json.WriteEndArray();
    }

    private static void WriteCauses(Utf8JsonWriter json, ExplanationReport? causes)
    {
        if (causes is null)
            return;
        json.WritePropertyName("causes");
        ExplanationJson.Write(json, causes);
    }

    private static void WriteKind(Utf8JsonWriter json, IncidentKind kind, AlarmClasses alarms)
    {
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));
        json.WritePropertyName("alarms");
        WriteAlarms(json, alarms);
    }

    private static void WriteTimes(Utf8JsonWriter json, long start, long end, bool isOngoing)
    {
        json.WriteNumber("start", start);
        json.WriteNumber("end", end);
        json.WriteBoolean("ongoing", isOngoing);
    }

    /// <summary>Null for a gap, which has no rows.</summary>
    private static void WritePeak(Utf8JsonWriter json, IncidentPeak? peak)
    {
        if (peak is null)
        {
            json.WriteNull("peak");
            return;
        }
        json.WriteStartObject("peak");
        json.WriteNumber("time", peak.Time);
        json.WriteFinite("value", peak.Value);
        json.WriteFinite("expected", peak.Expected);
        json.WriteEndObject();
    }
}
