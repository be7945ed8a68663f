using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Terminal;

/// <summary>How incidents are named to a person.</summary>
internal static class IncidentWords
{
    /// <summary><c>level shift</c>.</summary>
    public static string Kind(IncidentKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()).Replace('_', ' ');

    public static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>When the deviation was largest: the time of day, with the date where it is another than that of the start.</summary>
    public static string PeakTime(Incident incident)
    {
        if (incident.Peak is not { } peak)
            return "–";
        var (start, time) = (Time(incident.Start), Time(peak.Time));
        return start[..10] == time[..10] ? time[11..] : time[5..];
    }

    /// <summary>In the two largest units: <c>35 min</c>, <c>2 h 15 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Duration(long milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(milliseconds);
        return span switch
        {
            { TotalMinutes: < 1 } => Units((span.Seconds, "s")),
            { TotalHours: < 1 } => Units((span.Minutes, "min"), (span.Seconds, "s")),
            { TotalDays: < 1 } => Units((span.Hours, "h"), (span.Minutes, "min")),
            _ => Units((span.Days, "d"), (span.Hours, "h")),
        };
    }

    /// <summary><c>2024-09-24 12:30, 35 min</c>.</summary>
    public static string When(long start, long end) => $"{Time(start)}, {Duration(end - start)}";

    /// <summary><c>, 2 incidents</c>; nothing when there are none.</summary>
    public static string Count(int incidents) => incidents == 0 ? "" : $", {Counted.Of(incidents, "incident")}";

    /// <summary><c>, judged with 4,032 rows before them, from …</c>; nothing when there are none.</summary>
    public static string Before(HistoryReport history) => history is { Rows: > 0 and var rows, From: { } from }
        ? $", judged with {Counted.Of(rows, "row")} before them, from {Time(from)}"
        : "";

    private static string Units(params IEnumerable<(int Count, string Unit)> parts) =>
        string.Join(' ', parts
            .Where(static part => part.Count > 0)
            .Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Unit}")));
}
