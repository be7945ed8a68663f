using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>A finding as it is stored.</summary>
internal static class IncidentFacts
{
    private const int IdBytes = 16;

    /// <summary>
    /// The same for the same incident of a monitor, whatever its revision: a change of the document must not double what goes on.
    /// </summary>
    public static string IdOf(string monitor, Finding finding)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{monitor}\0{KeyOf(finding.Key)}\0{finding.Metric}\0{finding.Incident.Start}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdBytes));
    }

    /// <summary>Dimension and value, JSON.</summary>
    public static string KeyOf(SeriesKey key)
    {
        var parts = new JsonObject();
        foreach (var (dimension, value) in key.Parts)
            parts[dimension] = value;
        return parts.ToJsonString(YamlJson.Readable);
    }

    /// <summary>Reads what <see cref="KeyOf"/> wrote.</summary>
    public static SeriesKey KeyFrom(string text) =>
        new([.. JsonSerializer.Deserialize<Dictionary<string, string>>(text)!]);

    public static string KindOf(Incident incident) => NameOf(incident.Kind);

    public static string NameOf(IncidentKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    public static StoredIncident Of(string monitor, long revision, Finding finding, long now)
    {
        var incident = finding.Incident;
        var stored = new StoredIncident
        {
            Id = IdOf(monitor, finding),
            Monitor = monitor,
            Revision = revision,
            Entity = finding.Key.ToString().Replace('\0', '\uFFFD'),
            EntityKey = KeyOf(finding.Key),
            Metric = finding.Metric,
            State = IncidentStates.Open,
            StartedAt = incident.Start,
            EndedAt = incident.End,
            OpenedAt = now,
            UpdatedAt = now,
        };
        return WithPeak(stored, incident);
    }

    /// <summary>Takes over what tells how bad it is.</summary>
    public static StoredIncident WithPeak(StoredIncident stored, Incident incident) => stored with
    {
        Kind = KindOf(incident),
        Alarms = AlarmsOf(incident.Alarms),
        Severity = incident.Severity,
        PeakTime = incident.Peak?.Time,
        PeakValue = Finite(incident.Peak?.Value),
        PeakExpected = Finite(incident.Peak?.Expected),
        Area = Finite(incident.Area),
        Reason = incident.Reason,
    };

    private static string AlarmsOf(AlarmClasses alarms) => string.Join(',', Enum.GetValues<AlarmClasses>()
        .Where(alarm => int.IsPow2((int)alarm) && alarms.HasFlag(alarm))
        .Select(static alarm => JsonNamingPolicy.CamelCase.ConvertName(alarm.ToString())));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
