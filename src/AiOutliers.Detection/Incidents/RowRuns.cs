using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Incidents;

/// <summary>
/// Incidents of detectors that judge row by row: neighbouring anomalous rows to the same side, with the classes of all of them.
/// </summary>
internal static class RowRuns
{
    /// <param name="result">With verdicts, expected values and severities.</param>
    /// <param name="table">The rows that were judged.</param>
    /// <param name="values">The judged metric, one per row.</param>
    /// <param name="firstAsked">Rows before this one get no reason of their own.</param>
    /// <param name="reason">Why a row was found anomalous.</param>
    public static DetectionResult WithIncidents(
        this DetectionResult result, MetricTable table, ReadOnlySpan<double> values, int firstAsked, Func<int, string?> reason)
    {
        if (result.AnomalyCount == 0)
            return result;
        var grid = TimeGrid.Of(table);
        var (points, expected, flagged) = (new double[grid.Points], new double[grid.Points], new bool[grid.Points]);
        grid.Spread(values, points);
        grid.Spread(result.Expected, expected);
        for (var row = 0; row < values.Length; row++)
            flagged[grid.PointOf(row)] = result.Anomalies[row];
        var incidents = new List<Incident>();
        foreach (var group in IncidentGroup.Merge(SideRuns.Of(flagged, points, expected, AlarmClasses.None)))
        {
            var rows = grid.RowsOf(group.Start, group.End);
            var alarms = result.Alarms is { } classes
                ? classes[rows.First..(rows.Last + 1)].Aggregate(AlarmClasses.None, static (all, alarm) => all | alarm)
                : AlarmClasses.None;
            incidents.Add(IncidentDescription.Of(group, rows, table, values, grid, result, reason) with { Alarms = alarms });
        }
        return result with { Incidents = incidents, Reasons = RowReason.Of(result.Anomalies, firstAsked, reason) };
    }
}
