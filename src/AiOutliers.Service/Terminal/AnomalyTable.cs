using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
using AiOutliers.Engine.Analysis;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>What <c>detect</c> shows a person: the series as a small chart, and the incidents.</summary>
internal static class AnomalyTable
{
    /// <summary>More incidents than this are counted, not listed: the most severe stay.</summary>
    private const int MaxIncidents = 40;

    internal const int FullWidth = 110;

    /// <summary>A narrower window has no room for a table.</summary>
    internal const int LeastWidth = 60;

    public static void Write(IAnsiConsole console, AnalysisReport report)
    {
        var result = report.Result;
        var values = report.Table.Column(report.Metric);
        var columns = new ChartColumns(report.Table.Times, report.Table.StepMilliseconds, console.Profile.Width);
        TerminalChart.Write(console, report.Metric, columns, values, result.Anomalies, result);
        if (console.Profile.Width < LeastWidth)
            WriteLines(console, MostSevere(result.Incidents, static one => one.Severity, static one => one.Start), static one =>
                $"{IncidentWords.When(one.Start, one.End)}: {IncidentWords.Kind(one.Kind)}, {one.Reason}");
        else if (result.Incidents.Count > 0)
            console.Write(Incidents(result.Incidents, console.Profile.Width < FullWidth));
        foreach (var warning in report.Warnings)
            console.MarkupLineInterpolated($"[yellow]{warning}[/]");
        if (result.NoVerdict is { } reason)
            console.MarkupLineInterpolated($"[yellow]No verdict: {reason}[/]");
        var by = report.Model ?? report.Detector;
        var (incidents, before) = (IncidentWords.Count(result.Incidents.Count), IncidentWords.Before(report.History));
        console.MarkupLineInterpolated(
            $"{Anomalous(result.AnomalyCount, report.Table.Rows)} in {report.Metric} ({by}){incidents}{before}.");
    }

    /// <summary><c>7 of 288 rows are anomalous</c>.</summary>
    internal static string Anomalous(int anomalies, int rows) => string.Create(
        CultureInfo.InvariantCulture, $"{anomalies:N0} of {Counted.Of(rows, "row")} {(anomalies == 1 ? "is" : "are")} anomalous");

    /// <summary>In a narrow window the reasons need the room of the columns that say the same in numbers.</summary>
    private static Table Incidents(IReadOnlyList<Incident> all, bool narrow)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn(new TableColumn("start (UTC)").NoWrap())
            .AddColumn(new TableColumn("lasts").RightAligned().NoWrap())
            .AddColumn(new TableColumn("what").NoWrap())
            .AddColumn(new TableColumn("peak").RightAligned().NoWrap());
        if (!narrow)
            table
                .AddColumn(new TableColumn("at").NoWrap())
                .AddColumn(new TableColumn("expected").RightAligned().NoWrap())
                .AddColumn(new TableColumn("severity").RightAligned().NoWrap());
        table.AddColumn("why");
        foreach (var incident in MostSevere(all, static incident => incident.Severity, static incident => incident.Start))
        {
            var (value, expected) = (incident.Peak?.Value ?? double.NaN, incident.Peak?.Expected ?? double.NaN);
            string[] numbers = narrow
                ? []
                : [IncidentWords.PeakTime(incident), Quantity.Short(expected), Quantity.Short(Math.Round(incident.Severity))];
            table.AddRow(
            [
                IncidentWords.Time(incident.Start), IncidentWords.Duration(incident.End - incident.Start),
                IncidentWords.Kind(incident.Kind), Quantity.Short(value), .. numbers, Markup.Escape(incident.Reason),
            ]);
        }
        return Captioned(table, all.Count);
    }

    /// <summary>In place of a table: an incident in a line or two.</summary>
    internal static void WriteLines<T>(IAnsiConsole console, IEnumerable<T> incidents, Func<T, string> words)
    {
        foreach (var incident in incidents)
            console.WriteLine(words(incident));
    }

    /// <summary>Those that are listed, in order of time.</summary>
    internal static IEnumerable<T> MostSevere<T>(IEnumerable<T> incidents, Func<T, double> severity, Func<T, long> start) =>
        incidents.OrderByDescending(severity).Take(MaxIncidents).OrderBy(start);

    /// <summary>Says how many are not listed.</summary>
    internal static Table Captioned(Table table, int incidents) =>
        incidents > MaxIncidents ? table.Caption($"… and {incidents - MaxIncidents} less severe ones") : table;
}
