using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>Sections 6 to 8 of docs/detectors/seasonal-scan-algorithm.md, line by line: what is told, row by row.</summary>
internal sealed class LiteralVerdict
{
    private readonly double[] _values;
    private readonly LiteralScan _scan;
    private readonly List<string> _rules = [];

    /// <param name="values">One a row, NaN where missing; a row a point.</param>
    /// <param name="start">The local time of the first.</param>
    /// <param name="step">Between points.</param>
    /// <param name="perDay">Points per day; 0 unknown.</param>
    /// <param name="scan">The scan.</param>
    /// <param name="findShifts">The alarm `shift`, which has a page and golden numbers of its own.</param>
    public LiteralVerdict(
        double[] values, DateTime start, TimeSpan step, int perDay, LiteralScan scan,
        Func<double[], IEnumerable<IncidentSegment>> findShifts)
    {
        (_values, _scan) = (values, scan);
        var weekends = new LiteralWeekends(values, scan, start, step, perDay);
        var told = LiteralSegments.Of(scan);
        if (weekends.AreUnknown())
        {
            Drop(told, "weekend", at => at.Alarm == AlarmClasses.Sustained && weekends.IsAround(at.Start, at.End));
            Drop(told, "other week", weekends.IsOfAnotherWeek);
        }
        var outages = told.FindAll(static at => at.Alarm == AlarmClasses.Outage);
        bool IsOut(int i) => outages.Exists(at => at.Start <= i && i < at.End);
        var shifts = findShifts([.. values.Select((value, i) => IsOut(i) ? double.NaN : value)]).ToList();
        Drop(shifts, "explained", shift => IsExplained(shift, told.FindAll(static at => at.Alarm != AlarmClasses.Sustained)));
        told.AddRange(shifts);
        Drop(told, "partial bucket", static at => at is { Start: 0, End: 1, Sign: < 0 });
        Drop(told, "first day", at => at.Alarm is AlarmClasses.Sustained or AlarmClasses.Shift && at.Start < perDay);
        Drop(told, "first week", weekends.IsOfTheFirstWeek);

        Incidents = [.. Merged(told).OrderBy(static at => at.Start).ThenBy(static at => at.End)];
        Alarms = [.. values.Select((value, i) => double.IsNaN(value) ? AlarmClasses.None : AlarmsAt(told, i))];
        var range = OfPoints(scan.Range);
        Range = [.. range.Select((score, i) => double.IsNaN(values[i]) ? 0 : shifts.Where(at => at.Start <= i && i < at.End)
            .Select(static at => at.Excess / (at.Excess + 1)).Append(score).Max())];
        var excess = Excess(shifts).Select((r, i) => Alarms[i] == AlarmClasses.None ? Math.Min(1, r) : Math.Max(1, r));
        Severities = [.. excess.Select(static r => 100 * r / (1 + r))];
    }

    public AlarmClasses[] Alarms { get; }

    public double[] Range { get; }

    public double[] Severities { get; }

    /// <summary>Start, the first point after, and the alarms.</summary>
    public (int Start, int End, AlarmClasses Alarms)[] Incidents { get; }

    /// <summary>The rules of section 7 that made segments fall away.</summary>
    public IReadOnlyList<string> Rules => _rules;

    private void Drop(List<IncidentSegment> segments, string rule, Predicate<IncidentSegment> falls)
    {
        if (segments.RemoveAll(falls) > 0)
            _rules.Add(rule);
    }

    /// <summary>Without the points of floods and outages, the others of a shift are ordinary.</summary>
    private bool IsExplained(IncidentSegment shift, List<IncidentSegment> events)
    {
        var covering = events.FindAll(at => at.Start < shift.End && at.End > shift.Start);
        var others = Enumerable.Range(0, _scan.Places.Length)
            .Where(i => shift.Start <= _scan.Places[i] && _scan.Places[i] < shift.End)
            .Where(i => !covering.Exists(at => at.Start <= _scan.Places[i] && _scan.Places[i] < at.End))
            .Select(i => _scan.Seasonal[i]);
        return covering.Count > 0 && shift.Sign * others.DefaultIfEmpty().Average() < 1;
    }

    /// <summary>Segments to one side with at most two points between them.</summary>
    private static IEnumerable<(int Start, int End, AlarmClasses Alarms)> Merged(List<IncidentSegment> told)
    {
        foreach (var side in told.GroupBy(static at => at.Sign))
        {
            var incident = (Start: 0, End: -3, Alarms: AlarmClasses.None);
            foreach (var at in side.OrderBy(static at => at.Start).ThenBy(static at => at.End))
            {
                if (at.Start - incident.End > 2 && incident.End >= 0)
                    yield return incident;
                incident = at.Start - incident.End > 2 ? (at.Start, at.End, at.Alarm)
                    : (incident.Start, Math.Max(incident.End, at.End), incident.Alarms | at.Alarm);
            }
            yield return incident;
        }
    }

    private static AlarmClasses AlarmsAt(List<IncidentSegment> told, int i) =>
        told.Where(at => at.Start <= i && i < at.End).Aggregate(AlarmClasses.None, static (alarms, at) => alarms | at.Alarm);

    /// <summary>r: the largest of the alarms' statistics over its threshold.</summary>
    private double[] Excess(List<IncidentSegment> shifts)
    {
        var sharp = OfPoints(_scan.Point);
        var sustained = OfPoints(_scan.Sustained);
        double Lasting(int i) => _scan.Alarms.Sustained > 0 ? sustained[i] / _scan.Alarms.Sustained : 0;
        double Shift(int i) => shifts.Where(at => at.Start <= i && i < at.End).Select(static at => at.Excess).DefaultIfEmpty().Max();
        return [.. sharp.Select((score, i) => Math.Max(score / _scan.Alarms.Sharp, Math.Max(Lasting(i), Shift(i))))];
    }

    /// <summary>One a point, 0 where it is missing.</summary>
    private double[] OfPoints(double[] known)
    {
        var points = new double[_values.Length];
        foreach (var (i, value) in known.Index())
            points[_scan.Places[i]] = value;
        return points;
    }
}
