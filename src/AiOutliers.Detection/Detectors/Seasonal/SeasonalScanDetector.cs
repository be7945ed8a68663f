using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Detection.Detectors.Seasonal.Newest;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Numerics;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// The detector that needs no training. It compares each row with the usual of its time of day and week, with its neighbours, and with the
/// prediction from the rows before it, and scans for windows in which these agree. A second alarm watches the level against the usual day.
/// Every score is relative to the series itself, so there is nothing to tune. docs/detectors/seasonal-scan.md tells how well it does.
/// </summary>
public sealed class SeasonalScanDetector(SeasonalScanOptions options) : IDetector
{
    public const string Id = "seasonal-scan";

    private const long MillisecondsPerDay = 86_400_000;

    public string Name => Id;

    public SeasonalScanOptions Options => options;

    /// <summary>Tells cheaply whether a newest point is worth a judgement.</summary>
    public NewestPoint Newest { get; } = new(options);

    public DetectionResult Detect(MetricTable table, string metric, CancellationToken cancellation = default, int firstAsked = 0)
    {
        var values = table.Column(metric);
        var complete = CompleteRows.Of(table);
        var grid = TimeGrid.Of(table, options.TimeZone);
        var points = ScannedRows.Spread(values, complete, grid);
        var shifts = Beside.Begin(points.Length, () => Shifts(points, grid, period: 0));
        var scan = SeasonalScan.Run(points, Season(grid), options.Sensitivity, options.Alarms);
        cancellation.ThrowIfCancellationRequested();
        var result = ScannedRows.Of(scan, grid) with
        {
            NoVerdict = ScannedRows.NoVerdict(scan.State, metric, points),
            Warnings = [.. complete.Warnings(table)],
        };
        return scan.State == SeasonalScanState.Judged ? Judge(result, scan, shifts, points, table, metric, grid, firstAsked) : result;
    }

    /// <summary>The day in points; where a bucket is a day, the week.</summary>
    private static int Season(TimeGrid grid) => grid.Step == MillisecondsPerDay ? 7 : grid.PointsPerDay;

    private DetectionResult Judge(
        DetectionResult result, SeasonalScanResult scan, Lazy<IncidentSegment[]> besides,
        double[] points, MetricTable table, string metric, TimeGrid grid,
        int firstAsked)
    {
        var weekends = UnknownWeekends.In(scan, grid);
        var weeks = weekends is null ? null : new OtherWeeks(points, scan, grid.PointsPerDay);
        var scanned = ScanSegments.Of(scan).Where(segment => weekends?.Cover(segment) != true && weeks?.Explain(segment) != true).ToList();
        var shifts = Array.FindAll(
            Shifts(besides, points, scanned, grid, scan.Period), shift => !ScanSegments.Explain(shift, scanned, scan));
        RaiseScores(result.Scores, shifts, points, grid);
        var segments = scanned.Concat(shifts).Concat(Gaps(points, grid)).ToList();
        if (table.Coverage.From is null && segments.RemoveAll(IsPartialStart) > 0)
        {
            var partial = $"The first bucket ({table.Timestamps[0]}) is low, alone: it is taken for a partial one and held back.";
            result = result with { Warnings = [.. result.Warnings, partial] };
        }
        segments.RemoveAll(segment => IsWithoutHistory(segment, grid) || FirstWeek.Hides(segment, grid));
        var groups = Kept(IncidentGroup.Merge(segments), table.Column(metric), result.Expected, grid);
        foreach (var group in groups)
            Mark(group, points, grid, result);
        SeasonalScanSeverity.Fill(result, scan, shifts, grid);
        var reasons = new SeasonalScanReasons(
            table, options.TimeZone, metric, grid, ScannedRows.Of(scan.Deviation, scan, grid), result.Expected, scan.LongPeriod > 0,
            groups);
        return result with
        {
            Reasons = RowReason.Of(result.Anomalies, firstAsked, reasons.Of),
            Incidents = [.. groups.Select(group => Describe(group, table, metric, grid, scan, result, reasons))],
        };
    }

    /// <summary>
    /// The scan's scores hardly see shifts. The rows of a shift get e/(e + 1), e their excess over the threshold: half of the range below
    /// sharp events.
    /// </summary>
    private static void RaiseScores(double[] scores, IncidentSegment[] shifts, double[] points, TimeGrid grid)
    {
        foreach (var shift in shifts)
        {
            var (first, last) = grid.RowsOf(shift.Start, shift.End);
            for (var row = first; row <= last; row++)
                scores[row] = double.IsNaN(points[grid.PointOf(row)]) ? 0 : Math.Max(scores[row], shift.Excess / (shift.Excess + 1));
        }
    }

    /// <summary>
    /// What lasts is told from the day before it: in the first day it would come and go as the window of a live query moves on.
    /// </summary>
    private static bool IsWithoutHistory(IncidentSegment segment, TimeGrid grid) =>
        segment.Alarm is AlarmClasses.Sustained or AlarmClasses.Shift && grid.IsRegular && segment.Start < grid.PointsPerDay;

    /// <summary>What an outage explains must not become a level shift: its rows are missing there.</summary>
    private IncidentSegment[] Shifts(
        Lazy<IncidentSegment[]> besides, double[] points, List<IncidentSegment> scanned, TimeGrid grid, int period)
    {
        var outages = scanned.FindAll(static segment => segment.Alarm == AlarmClasses.Outage);
        if (outages.Count == 0 && grid.PointsPerDay >= ShiftAlarm.LeastPointsPerDay)
            return besides.Value;
        var rest = points.ToArray();
        foreach (var outage in outages)
            rest.AsSpan(outage.Start, outage.Length).Fill(double.NaN);
        return Shifts(rest, grid, period);
    }

    /// <summary>A series that begins in the middle of a bucket looks like this, and hardly anything else does.</summary>
    private static bool IsPartialStart(IncidentSegment segment) => segment is { Start: 0, End: 1, Sign: < 0 };

    /// <param name="period">The period that was found: the day where the step does not tell it.</param>
    private IncidentSegment[] Shifts(double[] points, TimeGrid grid, int period) =>
        options.Alarms.HasFlag(AlarmClasses.Shift) ? ShiftSegments.Find(points, grid, period, options.Sensitivity) : [];

    private IEnumerable<IncidentSegment> Gaps(double[] points, TimeGrid grid) =>
        options.IgnoreGaps || !grid.IsRegular || !options.Alarms.HasFlag(AlarmClasses.Outage) ? [] : GapRuns.Of(points, grid.IsSkipped);

    private List<IncidentGroup> Kept(IReadOnlyList<IncidentGroup> groups, ReadOnlySpan<double> values, double[] expected, TimeGrid grid)
    {
        var kept = new List<IncidentGroup>();
        foreach (var group in groups)
        {
            var (first, last) = grid.RowsOf(group.Start, group.End);
            if (options.Filter.Keeps(group, first, last, values, expected))
                kept.Add(group);
        }
        return kept;
    }

    private static Incident Describe(
        IncidentGroup group, MetricTable table, string metric, TimeGrid grid,
        SeasonalScanResult scan, DetectionResult result, SeasonalScanReasons reasons) =>
        group.Segments.All(static segment => segment.IsGap)
            ? IncidentDescription.OfGap(group, grid, scan.Expected.AsSpan()[group.Start..group.End].ToArray().Average())
            : IncidentDescription.Of(group, grid.RowsOf(group.Start, group.End), table, table.Column(metric), grid, result, reasons.Of);

    private static void Mark(IncidentGroup group, double[] points, TimeGrid grid, DetectionResult result)
    {
        foreach (var segment in group.Segments)
        {
            var (first, last) = grid.RowsOf(segment.Start, segment.End);
            for (var row = first; row <= last; row++)
            {
                if (double.IsNaN(points[grid.PointOf(row)]))
                    continue;
                result.Anomalies[row] = true;
                result.Alarms![row] |= segment.Alarm;
            }
        }
    }
}
