using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Explanation;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>The causes of incidents, as an operator reads them.</summary>
internal static class CausesText
{
    public static void Write(IAnsiConsole console, SeriesKey key, JointReport report)
    {
        foreach (var incident in report.Incidents)
        {
            if (report.Causes.TryGetValue(incident.Worst.Id, out var causes))
                Write(console, string.Join(", ", key.Parts.Select(static part => SeriesTable.Short(part.Value))), causes);
        }
    }

    /// <param name="console">Where to.</param>
    /// <param name="series">Whose causes; empty where there is one series.</param>
    /// <param name="causes">The causes.</param>
    public static void Write(IAnsiConsole console, string series, ExplanationReport causes)
    {
        var (begin, lasts) = (IncidentWords.Time(causes.Window.From), IncidentWords.Duration(causes.Window.Length));
        console.MarkupLineInterpolated($"[bold]{(series.Length == 0 ? "" : series + ", ")}{begin}[/], {lasts}, {causes.Metric}:");
        foreach (var line in ExplanationWords.Of(causes))
            console.MarkupLineInterpolated($"  {line}");
        foreach (var warning in causes.Warnings)
            console.MarkupLineInterpolated($"  [yellow]{warning}[/]");
    }
}
