using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>The rules of section 7 of docs/detectors/seasonal-scan-algorithm.md that ask for weekdays, line by line.</summary>
/// <param name="values">One a point, NaN where missing.</param>
/// <param name="scan">The scan.</param>
/// <param name="start">The local time of the first point.</param>
/// <param name="step">Between points.</param>
/// <param name="perDay">Points per day; 0 unknown.</param>
internal sealed class LiteralWeekends(double[] values, LiteralScan scan, DateTime start, TimeSpan step, int perDay)
{
    /// <summary>The week is not known, and weekends differ.</summary>
    public bool AreUnknown()
    {
        if (perDay < 7 || scan.LongPeriod == 0 || scan.LongPeriod % (7 * perDay) == 0)
            return false;
        var ordinary = Enumerable.Range(0, scan.Places.Length).Where(i => !scan.Alarms.Marks[i].HasFlag(AlarmClasses.Sharp));
        var weekend = ordinary.Where(i => IsWeekend(scan.Places[i])).Select(i => scan.Seasonal[i] * scan.Seasonal[i]).ToArray();
        var working = ordinary.Where(i => !IsWeekend(scan.Places[i])).Select(i => scan.Seasonal[i] * scan.Seasonal[i]).ToArray();
        return weekend.Length > 0 && working.Length > 0 && weekend.Average() > 1.2 * working.Average();
    }

    /// <summary>Most of it lies between Friday and Monday noon.</summary>
    public bool IsAround(int from, int end) => 2 * Enumerable.Range(from, end - from).Count(IsNearWeekend) > end - from;

    /// <summary>Another week explains it.</summary>
    public bool IsOfAnotherWeek(IncidentSegment at) =>
        at.Alarm is AlarmClasses.Sharp or AlarmClasses.Sustained && (IsLike(at, -7 * perDay) || IsLike(at, 7 * perDay));

    /// <summary>A sensor's first week hides it.</summary>
    public bool IsOfTheFirstWeek(IncidentSegment at)
    {
        if (perDay < 24 || values.Length >= 8 * perDay)
            return false;
        var isOpen = at.End == values.Length && at.Length > perDay / 24;
        return at.Alarm == AlarmClasses.Shift && IsNearWeekend(at.Start)
            || at.Alarm == AlarmClasses.Sharp && isOpen && IsAround(at.Start, at.End);
    }

    private bool IsLike(IncidentSegment at, int shift)
    {
        if (at.Start + shift < 0 || at.End + shift > values.Length)
            return false;
        var points = Enumerable.Range(at.Start, at.Length);
        var known = LiteralNumbers.Known(points.Select(i => (scan.Transform.To(values[i]) - scan.Transform.To(values[i + shift])) / scan.Season.Scale[i]));
        if (2 * known.Length <= at.Length)
            return false;
        var (alpha, threshold) = at.Alarm == AlarmClasses.Sharp ? (0.4, scan.Alarms.Sharp) : (0.5, scan.Alarms.Sustained);
        return LiteralScores.OfWindow(known.Average(static d => d * d), known.Length, alpha) <= threshold / 2;
    }

    private DateTime TimeOf(int point) => start + point * step;

    private bool IsWeekend(int point) => TimeOf(point).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private bool IsNearWeekend(int point) =>
        TimeOf(point).AddHours(-12).DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday or DayOfWeek.Sunday;
}
