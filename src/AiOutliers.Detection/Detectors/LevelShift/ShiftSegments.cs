using System.Globalization;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>What the shift alarm finds on a table's grid, as segments of incidents.</summary>
internal static class ShiftSegments
{
    /// <summary>
    /// Points that make a day at the usual steps: a period as long as one of these is taken for the day where the step is not known.
    /// </summary>
    private static readonly int[] UsualDays = [24, 48, 72, 96, 144, 240, 288, 360, 480, 720, 1440];

    private const int LeastDays = 14;

    /// <param name="points">One value per point, NaN when missing.</param>
    /// <param name="grid">Where the rows lie.</param>
    /// <param name="period">The period that was found in the series, in points; 0 when none was.</param>
    /// <param name="sensitivity">How easily a change is called anomalous.</param>
    public static IncidentSegment[] Find(double[] points, TimeGrid grid, int period, Sensitivity sensitivity)
    {
        var known = grid.PointsPerDay >= ShiftAlarm.LeastPointsPerDay;
        // Rows in mere order drift against the day, so their day is not the clock's.
        if (known && !grid.IsRegular)
            return [];
        var pointsPerDay = known ? grid.PointsPerDay : UsualDays.Contains(period) ? period : 0;
        var calendar = known
            ? new ShiftCalendar(DateTimeOffset.FromUnixTimeMilliseconds(grid.LocalStart), TimeSpan.FromMilliseconds(grid.Step))
            : ForUnknownTimes(points.Length, pointsPerDay);
        var thresholds = ShiftThresholds.Of(sensitivity);
        var signed = BlockScale.IsSigned(points);
        var shifts = ShiftAlarm.Find(points, pointsPerDay, sensitivity, calendar);
        return [.. shifts.Select(shift => new IncidentSegment(shift.Start, shift.End, shift.Direction, AlarmClasses.Shift)
        {
            Kind = shift.Kind,
            Size = signed
                ? Quantity.Short(Math.Abs(shift.Size))
                : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(shift.Size - 1) * 100:0} %"),
            Excess = shift.Score / (shift.Lasting ? thresholds.StepGain : thresholds.Pulse),
        })];
    }

    /// <summary>Two weekends must be there to tell one.</summary>
    internal static ShiftCalendar? ForUnknownTimes(int points, int pointsPerDay) =>
        points >= LeastDays * pointsPerDay ? ShiftCalendar.Unknown : null;
}
