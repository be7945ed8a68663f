using AiOutliers.Service.Analysis;
using Spectre.Console;

namespace AiOutliers.Service.Console;

/// <summary>What <c>detect</c> shows a person: the anomalous rows, and the series as a small chart.</summary>
internal static class AnomalyTable
{
    /// <summary>More rows than this are counted, not listed.</summary>
    private const int MaxRows = 40;

    public static void Write(IAnsiConsole console, AnalysisReport report)
    {
        var values = report.Table.Column(report.Metric);
        TerminalChart.Write(console, report.Metric, values, report.Result.Anomalies);
        var found = report.Result.AnomalyCount;
        if (found > 0)
            console.Write(Rows(report, values, found));
        foreach (var warning in report.Table.Warnings.Concat(report.Result.Warnings))
            console.MarkupLineInterpolated($"[yellow]{warning}[/]");
        if (report.Result.NoVerdict is { } reason)
            console.MarkupLineInterpolated($"[yellow]No verdict: {reason}[/]");
        console.MarkupLineInterpolated($"{found} of {report.Table.Rows} rows are anomalous in {report.Metric} ({report.Model ?? report.Detector}).");
    }

    private static Table Rows(AnalysisReport report, ReadOnlySpan<double> values, int found)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("timestamp")
            .AddColumn(new TableColumn(report.Metric).RightAligned())
            .AddColumn(new TableColumn("expected").RightAligned())
            .AddColumn(new TableColumn("deviation").RightAligned())
            .AddColumn(new TableColumn("score").RightAligned());
        var listed = 0;
        for (var row = 0; row < report.Table.Rows && listed < MaxRows; row++)
        {
            if (!report.Result.Anomalies[row])
                continue;
            var expected = report.Result.Expected[row];
            table.AddRow(
                Markup.Escape(report.Table.Timestamps[row]),
                Quantity.Short(values[row]),
                Quantity.Short(expected),
                Deviation(values[row], expected),
                Quantity.Short(report.Result.Scores[row]));
            listed++;
        }
        return found > listed ? table.Caption($"… and {found - listed} more") : table;
    }

    private static string Deviation(double value, double expected)
    {
        var percent = (value / expected - 1) * 100;
        if (!double.IsFinite(percent))
            return "–";
        return (percent > 0 ? "+" : "") + Quantity.Short(Math.Round(percent)) + " %";
    }
}
