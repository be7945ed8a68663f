using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Tests.Alerts;

/// <summary>An incident that has not happened, and what a run would write of it.</summary>
internal static class TestIncident
{
    private const long Minute = 60_000;

    /// <summary>A spike of bytes, tenfold, from 00:10 to 00:15 on the first day of 1970.</summary>
    public static StoredIncident Of(string dimension, string value) => IncidentFacts.Of(
        "edge", 1, new Finding(new SeriesKey([new(dimension, value)]), "bytes", new()
        {
            Start = 10 * Minute,
            End = 15 * Minute,
            Severity = 80,
            Kind = IncidentKind.Spike,
            Alarms = AlarmClasses.Sharp,
            Peak = new(10 * Minute, 100, 10),
            Area = 90,
            Reason = "much",
        }), 15 * Minute);

    /// <summary>Writes the change, and plans whom to tell of it.</summary>
    public static Task WriteAsync(Database database, MonitorDocument monitor, IncidentChange change, long now) =>
        database.WriteAsync(async transaction =>
        {
            await IncidentWriting.WriteAsync(transaction, change, now);
            await new AlertPlan(monitor, null, now, now).WriteAsync(transaction, [change]);
            return true;
        }, default);
}
