using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>
/// How near the newest half hour is to a change of level: the shift alarm's own statistics (<see cref="ShiftAlarm"/>), over the same
/// values as in a judgement. It takes a tenth of one.
/// </summary>
internal static class NewestLevel
{
    private const double MillisecondsPerDay = 86_400_000;

    /// <summary>Whether a half hour begins to count with the newest point, which is when levels change most: half of it is there.</summary>
    /// <param name="pointsPerDay">A multiple of 48.</param>
    /// <param name="end">The end of the newest on the place's clock.</param>
    public static bool IsNew(int pointsPerDay, long end)
    {
        var blocks = new DayGrid(pointsPerDay).BlocksPerDay;
        var points = pointsPerDay / blocks;
        var begun = (int)(end % (MillisecondsPerDay / blocks) / (MillisecondsPerDay / pointsPerDay));
        return (begun == 0 ? points : begun) == (points + 1) / 2;
    }

    /// <param name="values">The last of them is the newest; NaN where missing.</param>
    /// <param name="pointsPerDay">How many a day has.</param>
    /// <param name="end">The end of the newest on the place's clock.</param>
    /// <param name="options">The detector's.</param>
    public static double Of(ReadOnlySpan<double> values, int pointsPerDay, long end, SeasonalScanOptions options)
    {
        if (!options.Alarms.HasFlag(AlarmClasses.Shift))
            return 0;
        // Before its first row a source may answer with zeros: they are not a part of the series.
        while (!values.IsEmpty && values[0] is 0 or double.NaN)
            values = values[1..];
        var step = MillisecondsPerDay / pointsPerDay;
        var calendar = new ShiftCalendar(
            DateTimeOffset.FromUnixTimeMilliseconds((long)(end - values.Length * step)), TimeSpan.FromMilliseconds(step));
        using var rest = new PooledBuffer(values.Length);
        values.CopyTo(rest.Span);
        LeaveOutages(rest.Span, pointsPerDay, options);
        return ShiftAlarm.Reach(rest.Span, pointsPerDay, options.Sensitivity, calendar, AlarmDistance.FarLevel);
    }

    /// <summary>What an outage explains must not become a change of level.</summary>
    private static void LeaveOutages(Span<double> values, int pointsPerDay, SeasonalScanOptions options)
    {
        if (!options.Alarms.HasFlag(AlarmClasses.Outage) || !values.Contains(0))
            return;
        var places = MissingValues.Places(values);
        var known = new double[places.Length];
        MissingValues.CopyKnown(values, known);
        foreach (var (start, stop) in ZeroRuns.Find(known, places, pointsPerDay))
        {
            for (var place = start; place < stop; place++)
                values[places[place]] = double.NaN;
        }
    }
}
