using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Three weeks are needed to find the week in a series. Before that, where weekends differ from working days, all of them deviate from the
/// usual day, and so do the hours at their edges, through the trend. The sustained alarm cannot judge them then; the shift alarm, which
/// asks the calendar, does.
/// </summary>
internal sealed class UnknownWeekends
{
    private const int DaysPerWeek = 7;
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>
    /// Weekends differ when their mean energy is at least so many times that of working days. The factor is small, for the ratio changes as
    /// a window moves on.
    /// </summary>
    private const double Different = 1.2;

    private readonly TimeGrid _grid;

    private UnknownWeekends(TimeGrid grid) => _grid = grid;

    /// <summary>Null when weekends can be judged: the week is known, weekends are like other days, or there is no calendar.</summary>
    public static UnknownWeekends? In(SeasonalScanResult scan, TimeGrid grid)
    {
        if (!grid.IsRegular || grid.PointsPerDay < DaysPerWeek || scan.LongPeriod == 0
            || scan.LongPeriod % (DaysPerWeek * grid.PointsPerDay) == 0)
        {
            return null;
        }
        var (weekend, working) = ((Sum: 0.0, Count: 0), (Sum: 0.0, Count: 0));
        for (var (start, end) = (0, 0); start < scan.Known.Length; start = end)
        {
            end = scan.PlaceOf(NextDay(grid, scan.Known[start]));
            ref var days = ref IsWeekend(grid, scan.Known[start]) ? ref weekend : ref working;
            days = Add(days, scan, start, end);
        }
        var differ = weekend.Count > 0 && working.Count > 0 && weekend.Sum / weekend.Count > Different * working.Sum / working.Count;
        return differ ? new(grid) : null;
    }

    /// <summary>Whether a segment lasts, and lies around a weekend.</summary>
    public bool Cover(IncidentSegment segment) => segment.Alarm == AlarmClasses.Sustained && IsAround(segment, _grid);

    /// <summary>
    /// Whether most of a segment lies between Friday and Monday noon: the weekend of every time zone, where none is known, and its edges.
    /// </summary>
    public static bool IsAround(IncidentSegment segment, TimeGrid grid)
    {
        var inside = 0;
        for (var i = segment.Start; i < segment.End; i++)
            inside += TimeOf(grid, i).AddHours(-12).DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;
        return 2 * inside > segment.Length;
    }

    private static (double Sum, int Count) Add((double Sum, int Count) energy, SeasonalScanResult scan, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            // An outage must not make its day look like a weekend.
            if (!scan.Alarms[i].HasFlag(AlarmClasses.Sharp))
                energy = (energy.Sum + scan.Deviation[i] * scan.Deviation[i], energy.Count + 1);
        }
        return energy;
    }

    private static DateTimeOffset TimeOf(TimeGrid grid, int point) =>
        DateTimeOffset.FromUnixTimeMilliseconds(grid.LocalStart + point * grid.Step);

    private static bool IsWeekend(TimeGrid grid, int point) => TimeOf(grid, point).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>The first point of the day after a point's.</summary>
    private static int NextDay(TimeGrid grid, int point)
    {
        var time = grid.LocalStart + point * grid.Step;
        var left = MillisecondsPerDay - (time % MillisecondsPerDay + MillisecondsPerDay) % MillisecondsPerDay;
        return point + (int)((left + grid.Step - 1) / grid.Step);
    }
}
