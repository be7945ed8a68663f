using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.Explanation;

/// <summary>A window of a judged metric: what the detector saw in it, what it expected, and which way it moved.</summary>
internal sealed record ExplainedWindow(string Metric, TimeWindow Window, Direction Direction, (double Value, double Expected)? Judged)
{
    public static ExplainedWindow Of(AnalysisReport report, Incident incident)
    {
        // What began before the asked rows has no expected values there.
        var from = incident.IsGap ? incident.Start : Math.Max(incident.Start, report.Table.Times[0]);
        var window = TimeWindow.LastWeekOf(from, incident.End);
        var direction = incident.IsGap || incident.Area < 0 ? Direction.Down : Direction.Up;
        return new(report.Metric, window, direction, JudgedIn(report, window));
    }

    public static ExplainedWindow Of(AnalysisReport report, TimeWindow window) =>
        new(report.Metric, window, Direction.Both, JudgedIn(report, window));

    public ExplanationRequest Request(DruidQuery query, SeriesKey key) =>
        new() { Query = query, Key = key, Metric = Metric, Window = Window, Direction = Direction, Judged = Judged };

    private static (double Value, double Expected)? JudgedIn(AnalysisReport report, TimeWindow window)
    {
        var (value, expected, rows) = (0.0, 0.0, 0);
        var values = report.Table.Column(report.Metric);
        for (var row = 0; row < report.Table.Rows; row++)
        {
            if (report.Table.Times[row] < window.From || report.Table.Times[row] >= window.To || double.IsNaN(report.Result.Expected[row]))
                continue;
            value += double.IsNaN(values[row]) ? 0 : values[row];
            expected += report.Result.Expected[row];
            rows++;
        }
        return rows > 0 ? (value, expected) : null;
    }
}
