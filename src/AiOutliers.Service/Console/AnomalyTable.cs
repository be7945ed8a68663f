using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Service.Analysis;
using Spectre.Console;

namespace AiOutliers.Service.Console;

/// <summary>What <c>detect</c> shows a person: the series as a small chart, and the incidents.</summary>
internal static class AnomalyTable
{
    /// <summary>More incidents than this are counted, not listed: the most severe stay.</summary>
    private const int MaxIncidents = 40;

    private const int FullWidth = 110;

    public static void Write(IAnsiConsole console, AnalysisReport report)
    {
        var result = report.Result;
        var values = report.Table.Column(report.Metric);
        TerminalChart.Write(console, report.Metric, values, result.Anomalies, result);
        if (result.Incidents.Count > 0)
            console.Write(Incidents(result.Incidents, console.Profile.Width < FullWidth));
        foreach (var warning in report.Warnings)
            console.MarkupLineInterpolated($"[yellow]{warning}[/]");
        if (result.NoVerdict is { } reason)
            console.MarkupLineInterpolated($"[yellow]No verdict: {reason}[/]");
        var incidents = result.Incidents.Count switch { 0 => "", 1 => ", 1 incident", var count => $", {count} incidents" };
        var history = report.History is { Rows: > 0 and var before, From: { } from }
            ? string.Create(CultureInfo.InvariantCulture, $", judged with {before:N0} rows before them, from {IncidentWords.Time(from)}")
            : "";
        console.MarkupLineInterpolated(
            $"{result.AnomalyCount} of {report.Table.Rows} rows are anomalous in {report.Metric} ({report.Model ?? report.Detector}){incidents}{history}.");
    }

    /// <summary>In a narrow window the reasons need the room of the columns that say the same in numbers.</summary>
    private static Table Incidents(IReadOnlyList<Incident> all, bool narrow)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn(new TableColumn("start (UTC)").NoWrap())
            .AddColumn(new TableColumn("lasts").RightAligned().NoWrap())
            .AddColumn(new TableColumn("what").NoWrap())
            .AddColumn(new TableColumn("peak").RightAligned().NoWrap());
        if (!narrow)
            table.AddColumn(new TableColumn("expected").RightAligned().NoWrap()).AddColumn(new TableColumn("severity").RightAligned().NoWrap());
        table.AddColumn("why");
        foreach (var incident in all.OrderByDescending(static incident => incident.Severity).Take(MaxIncidents).OrderBy(static incident => incident.Start))
        {
            var (value, expected) = (incident.Peak?.Value ?? double.NaN, incident.Peak?.Expected ?? double.NaN);
            string[] numbers = narrow ? [] : [Quantity.Short(expected), Quantity.Short(Math.Round(incident.Severity))];
            table.AddRow([IncidentWords.Time(incident.Start), IncidentWords.Duration(incident.End - incident.Start), IncidentWords.Kind(incident.Kind),
                Quantity.Short(value), .. numbers, Markup.Escape(incident.Reason)]);
        }
        return all.Count > MaxIncidents ? table.Caption($"… and {all.Count - MaxIncidents} less severe ones") : table;
    }
}
