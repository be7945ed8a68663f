namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// When the points of a series are. That tells where weekends may be, not that there are any: an ordinary week without them stays one.
/// Where local time is not known it is taken so that the day's lowest half hour falls into the night (03:00 give or take twelve hours,
/// whatever UTC says).
/// </summary>
/// <param name="First">The time of the first point, on the clock of the place where that is known.</param>
/// <param name="Step">From one point to the next.</param>
internal sealed record ShiftCalendar(DateTimeOffset First, TimeSpan Step)
{
    /// <summary>The local hour at which traffic is usually lowest.</summary>
    private const double LowestHour = 3;

    private const double MillisecondsPerHour = 3_600_000;

    private const int HalfHoursPerDay = 48, MillisecondsPerHalfHour = 1_800_000;

    /// <summary>
    /// Where rows have no times: from two weeks on, the weekend is where it explains the levels of the days best. There may be none.
    /// </summary>
    public static readonly ShiftCalendar Unknown = new(default, default);

    /// <summary>
    /// The points before the first half hour of the clock. Blocks begin there: they are the same ones wherever the series begins, and what
    /// is said of a stretch of time does not change as a window moves on. 0 where there are no times.
    /// </summary>
    public int PointsBeforeBlocks(DayGrid grid)
    {
        var block = grid.PointsPerDay / HalfHoursPerDay;
        if (Step == default || block * HalfHoursPerDay != grid.PointsPerDay)
            return 0;
        var begun = First.ToUnixTimeMilliseconds() % MillisecondsPerHalfHour;
        return (int)Math.Ceiling((MillisecondsPerHalfHour - begun) / Step.TotalMilliseconds) % block;
    }

    /// <summary>The calendar of the series without its first points.</summary>
    public ShiftCalendar After(int points) => this with { First = First + points * Step };

    /// <summary>
    /// o: the days d with (d − o) mod 7 ∈ {0, 1} are Saturdays and Sundays, when days are cut at phase <paramref name="cut"/>.
    /// </summary>
    public int FirstWeekendDay(DayGrid grid, int cut)
    {
        // Day 1 begins at block cut. The midnight nearest to LowestHour before that is the local one, at whatever offset from UTC.
        var night = First.ToUnixTimeMilliseconds() / MillisecondsPerHour + grid.FirstPoint(cut) * Step.TotalHours - LowestHour;
        var date = Math.Floor((night + 12) / 24);
        // 1970-01-01 was a Thursday.
        var weekday = (int)DayOfWeek.Thursday + (int)(date % 7);
        return (1 + (int)DayOfWeek.Saturday - weekday + 14) % 7;
    }
}
