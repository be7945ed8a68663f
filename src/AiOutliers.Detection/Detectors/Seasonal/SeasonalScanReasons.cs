using System.Globalization;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Why a row was flagged, in words. Times are on the clock of the time zone. Where none is set, they are on the clock of the row's
/// timestamp.
/// </summary>
/// <param name="table">The rows.</param>
/// <param name="zone">UTC where none is set.</param>
/// <param name="metric">The judged metric.</param>
/// <param name="grid">Where the rows lie.</param>
/// <param name="deviations">One per row: signed robust deviations from the usual.</param>
/// <param name="expected">One per row.</param>
/// <param name="hasPeriod">Whether the usual depends on the time of day or week.</param>
/// <param name="groups">What was found, after the filter.</param>
internal sealed class SeasonalScanReasons(
    MetricTable table, TimeZoneInfo zone, string metric, TimeGrid grid, double[] deviations,
    double[] expected, bool hasPeriod, IReadOnlyList<IncidentGroup> groups)
{
    /// <summary>Below this the value is ordinary for its time. The step from its neighbours is what is odd.</summary>
    private const double OddValue = 3;

    /// <summary>The most telling alarms first.</summary>
    private static readonly AlarmClasses[] Order = [AlarmClasses.Outage, AlarmClasses.Sharp, AlarmClasses.Shift, AlarmClasses.Sustained];

    /// <summary>The size of a segment is the same for all of its rows.</summary>
    private readonly Dictionary<IncidentSegment, string> _sizes = [];

    public string? Of(int row)
    {
        var point = grid.PointOf(row);
        foreach (var alarm in Order)
        {
            foreach (var group in groups)
            {
                var found = group.Segments.FirstOrDefault(segment =>
                    segment.Alarm == alarm && segment.Start <= point && point < segment.End);
                if (found is not null)
                    return Of(row, point, found);
            }
        }
        return null;
    }

    private string Of(int row, int point, IncidentSegment segment) => segment.Alarm switch
    {
        AlarmClasses.Outage => $"nothing where {Quantity.Short(expected[row])} was usual",
        AlarmClasses.Sharp => Sharp(row, deviations[row]),
        _ => Lasting(row, segment),
    };

    private string Sharp(int row, double deviation)
    {
        var value = table.Column(metric)[row];
        if (Math.Abs(deviation) < OddValue)
            return $"{Quantity.Short(value)} is a jump from the values around it; {Quantity.Short(expected[row])} was usual";
        var usual = hasPeriod ? $"the usual for {LocalTime(row).ToString("dddd HH:mm", CultureInfo.InvariantCulture)}" : "the usual level";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Math.Abs(deviation):0.0} robust deviations {Side(Math.Sign(deviation))} {usual}");
    }

    private string Lasting(int row, IncidentSegment segment)
    {
        var first = grid.RowsOf(segment.Start, segment.End).First;
        if (segment.Size is not { } size && !_sizes.TryGetValue(segment, out size!))
            _sizes.Add(segment, size = SizeOf(segment));
        if (segment.Kind == IncidentKind.MissingPeak)
            return $"the day's rise is missing: {size} {Side(segment.Sign)} the usual since {Clock(first, row)}";
        var course = segment.Kind == IncidentKind.Ramp ? "drifts to" : "stays";
        return $"{course} {size} {Side(segment.Sign)} the usual since {Clock(first, row)}";
    }

    /// <summary>The mean deviation as a share of the mean expected value, or in the metric's unit where a share has no meaning.</summary>
    private string SizeOf(IncidentSegment segment)
    {
        var (first, last) = grid.RowsOf(segment.Start, segment.End);
        var values = table.Column(metric);
        double there = 0, usual = 0, known = 0;
        for (var row = first; row <= last; row++)
        {
            if (!double.IsFinite(values[row]))
                continue;
            (there, usual, known) = (there + values[row], usual + expected[row], known + 1);
        }
        var percent = Math.Abs(there / usual - 1) * 100;
        return usual > 0 && there >= 0
            ? percent.ToString(percent < 1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %"
            : Quantity.Short(Math.Abs(there - usual) / Math.Max(1, known));
    }

    /// <summary>The time of day, with the weekday when that is another day than the row's.</summary>
    private string Clock(int first, int row)
    {
        var since = LocalTime(first);
        return since.ToString(since.Date == LocalTime(row).Date ? "HH:mm" : "dddd HH:mm", CultureInfo.InvariantCulture);
    }

    private DateTimeOffset LocalTime(int row) =>
        zone.Equals(TimeZoneInfo.Utc) ? table.LocalTime(row) : TimeZoneInfo.ConvertTime(table.LocalTime(row), zone);

    private static string Side(int sign) => sign < 0 ? "below" : "above";
}
