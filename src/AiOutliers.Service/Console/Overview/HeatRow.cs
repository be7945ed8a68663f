using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.Overview;

/// <param name="Key">Which series.</param>
/// <param name="Cells">The largest severity in each cell of time, 0 where nothing was found.</param>
/// <param name="Worst">The most severe incident; null where there is none.</param>
/// <param name="Incidents">How many there are.</param>
/// <param name="NotJudged">Why it was not judged; null where it was.</param>
public sealed record HeatRow(SeriesKey Key, double[] Cells, MetricIncident? Worst, int Incidents, string? NotJudged)
{
    /// <summary>What a detector that gives no severities finds counts as an alarm just above its threshold.</summary>
    private const double WithoutSeverity = 60;

    public string Name => string.Join(" · ", Key.Parts.Select(static part => part.Value)) is { Length: > 0 } name ? name : "(no value)";

    public double Severity => Worst?.Incident.Severity ?? 0;

    public static HeatRow Of(SeriesReport series, TimeRange range, long cell)
    {
        var cells = new double[(range.Until - range.From + cell - 1) / cell];
        foreach (var report in series.Report?.Reports ?? [])
            Add(cells, report, range, cell);
        var worst = series.Report?.Reports
            .SelectMany(static report => report.Result.Incidents.Select(incident => new MetricIncident(report.Metric, incident)))
            .MaxBy(static found => found.Incident.Severity);
        return new(series.Key, cells, worst, series.Report?.Incidents.Count ?? 0, series.NotJudged);
    }

    private static void Add(double[] cells, AnalysisReport report, TimeRange range, long cell)
    {
        var times = report.Table.Times;
        var result = report.Result;
        for (var row = 0; row < times.Length; row++)
        {
            if (result.Anomalies[row])
                Raise(times[row], result.Severities?[row] ?? WithoutSeverity);
        }
        // A gap has no rows.
        foreach (var gap in result.Incidents.Where(static incident => incident.IsGap))
        {
            for (var time = Math.Max(gap.Start, range.From); time < gap.End; time += cell)
                Raise(time, gap.Severity);
        }

        void Raise(long time, double severity)
        {
            var at = (time - range.From) / cell;
            if (at >= 0 && at < cells.Length)
                cells[at] = Math.Max(cells[at], severity);
        }
    }
}
