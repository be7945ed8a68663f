using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
using AiOutliers.Engine.Analysis;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>What <c>detect</c> shows of several metrics: a small chart of each, and one table of incidents that names them.</summary>
internal static class JointTable
{
    /// <summary>More charts push the table out of a window.</summary>
    private const int MaxCharts = 4;

    private const int ChartHeight = 4;

    /// <summary>More metrics of an incident are counted, not listed: the most severe stay.</summary>
    private const int MaxMetrics = 6;

    public static void Write(IAnsiConsole console, JointReport report)
    {
        var charts = report.Reports.OrderByDescending(Severity).Take(MaxCharts).ToHashSet();
        var columns = new ChartColumns(report.Table.Times, report.Table.StepMilliseconds, console.Profile.Width);
        foreach (var one in report.Reports.Where(charts.Contains))
            TerminalChart.Write(console, one.Metric, columns, one.Table.Column(one.Metric), one.Result.Anomalies, one.Result, ChartHeight);
        if (report.Reports.Count > MaxCharts)
            console.MarkupLineInterpolated($"[grey]Charts of the {MaxCharts} most severe of {report.Reports.Count} metrics.[/]");
        if (console.Profile.Width < AnomalyTable.LeastWidth)
            AnomalyTable.WriteLines(console, MostSevere(report.Incidents), static one => IncidentWords.When(one.Start, one.End)
                + $": {string.Join(' ', one.Metrics.Select(static own => own.Metric))}, {one.Worst.Reason}");
        else if (report.Incidents.Count > 0)
            console.Write(Incidents(report.Incidents, console.Profile.Width < AnomalyTable.FullWidth));
        foreach (var warning in report.Warnings)
            console.MarkupLineInterpolated($"[yellow]{warning}[/]");
        foreach (var one in report.Reports.Where(static one => one.Result.NoVerdict is not null))
            console.MarkupLineInterpolated($"[yellow]No verdict on {one.Metric}: {one.Result.NoVerdict}[/]");
        var counts = string.Join(", ", report.Reports.Select(static one => $"{one.Result.AnomalyCount} in {one.Metric}"));
        var (incidents, before) = (IncidentWords.Count(report.Incidents.Count), IncidentWords.Before(report.History));
        var rows = Counted.Of(report.Table.Rows, "row");
        console.MarkupLineInterpolated($"Anomalous of {rows}: {counts} ({report.Detector}){incidents}{before}.");
    }

    private static double Severity(AnalysisReport report) =>
        report.Result.Incidents.Select(static incident => incident.Severity).DefaultIfEmpty().Max();

    private static Table Incidents(IReadOnlyList<JointIncident> all, bool narrow)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn(new TableColumn("start (UTC)").NoWrap())
            .AddColumn(new TableColumn("lasts").RightAligned().NoWrap());
        if (!narrow)
            table.AddColumn(new TableColumn("what").NoWrap());
        table.AddColumn(new TableColumn("metrics").NoWrap()).AddColumn(new TableColumn("peak").RightAligned().NoWrap());
        if (!narrow)
        {
            table.AddColumn(new TableColumn("expected").RightAligned().NoWrap())
                .AddColumn(new TableColumn("severity").RightAligned().NoWrap());
        }
        table.AddColumn("why");
        foreach (var incident in MostSevere(all))
            table.AddRow(Row(incident, narrow));
        return AnomalyTable.Captioned(table, all.Count);
    }

    private static IEnumerable<JointIncident> MostSevere(IReadOnlyList<JointIncident> all) =>
        AnomalyTable.MostSevere(all, static joint => joint.Worst.Severity, static joint => joint.Start);

    /// <summary>One line per metric in the columns that differ between them.</summary>
    private static string[] Row(JointIncident incident, bool narrow)
    {
        var shown = incident.Metrics.Take(MaxMetrics).ToArray();
        var more = incident.Metrics.Count > MaxMetrics ? $"\n… and {incident.Metrics.Count - MaxMetrics} more" : "";
        var reason = shown.Length > 1 ? $"{shown[0].Metric}: {incident.Worst.Reason}" : incident.Worst.Reason;
        string[] what = narrow ? [] : [IncidentWords.Kind(incident.Worst.Kind)];
        string[] numbers = narrow
            ? []
            :
            [
                Lines(static own => Quantity.Short(own.Peak?.Expected ?? double.NaN)),
                Lines(static own => Quantity.Short(Math.Round(own.Severity))),
            ];
        return
        [
            IncidentWords.Time(incident.Start), IncidentWords.Duration(incident.End - incident.Start), .. what,
            Markup.Escape(string.Join('\n', shown.Select(static one => one.Metric)) + more),
            Lines(static own => Quantity.Short(own.Peak?.Value ?? double.NaN)), .. numbers, Markup.Escape(reason),
        ];

        string Lines(Func<Incident, string> text) => string.Join('\n', shown.Select(one => text(one.Incident)));
    }
}
