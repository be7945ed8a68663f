using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// Finds levels that leave the usual day for hours (shifts, ramps, missing peaks) and steps that stay. Works on half-hour medians against a
/// day profile that does not follow the change. Needs four days for pulses and about seven for steps; two days with the same event at the
/// same hour hide it.
/// </summary>
internal static class ShiftAlarm
{
    /// <summary>Fewer points a day than hours hold no rhythm of it.</summary>
    public const int LeastPointsPerDay = 24;

    /// <summary>The usual day cannot be told from fewer.</summary>
    public const int LeastDays = 4;

    /// <summary>Whether a series is long enough to be judged.</summary>
    public static bool IsJudged(int points, int pointsPerDay) =>
        pointsPerDay >= LeastPointsPerDay && points >= (long)LeastDays * pointsPerDay;

    /// <param name="values">Equally spaced; what is not finite is missing.</param>
    /// <param name="pointsPerDay">P: how many points make a day; 0 when unknown.</param>
    /// <param name="calendar">When the points are; with it, weekends are known and have a usual day of their own.</param>
    /// <returns>Events in order of time; none for a series that cannot be judged.</returns>
    public static IReadOnlyList<ShiftEvent> Find(
        ReadOnlySpan<double> values, int pointsPerDay, Sensitivity sensitivity, ShiftCalendar? calendar = null)
    {
        var before = PointsBeforeBlocks(values.Length, pointsPerDay, calendar);
        var points = values.Length - before;
        var events = Of<IReadOnlyList<ShiftEvent>>(
            values[before..], pointsPerDay, calendar?.After(before), [],
            (y, profile, grid, scale) => Events(y, profile, grid, scale, ShiftThresholds.Of(sensitivity), points));
        return [.. events.Select(found => found with { Start = found.Start + before, End = found.End + before })];
    }

    /// <summary>
    /// How near the last block is to an event: of each window and step that covers it the same statistics over the same thresholds, so that
    /// there is no event over the last block where this is below 1. Below the share it is an upper bound, and steps count as 0.
    /// </summary>
    public static double Reach(
        ReadOnlySpan<double> values, int pointsPerDay, Sensitivity sensitivity, ShiftCalendar? calendar, double share)
    {
        var before = PointsBeforeBlocks(values.Length, pointsPerDay, calendar);
        return Of(
            values[before..], pointsPerDay, calendar?.After(before), 0.0,
            (y, profile, grid, _) => Reach(y, profile, grid, ShiftThresholds.Of(sensitivity), share));
    }

    private static int PointsBeforeBlocks(int points, int pointsPerDay, ShiftCalendar? calendar) =>
        calendar is not null && IsJudged(points, pointsPerDay) ? calendar.PointsBeforeBlocks(new(pointsPerDay)) : 0;

    private delegate T Reading<out T>(Span<double> y, DayProfile profile, DayGrid grid, BlockScale scale);

    private static T Of<T>(ReadOnlySpan<double> values, int pointsPerDay, ShiftCalendar? calendar, T nothing, Reading<T> read)
    {
        if (!IsJudged(values.Length, pointsPerDay))
            return nothing;
        var scale = BlockScale.Of(values, calendar is null ? BlockScale.Coarse : BlockScale.Fine);
        if (!scale.IsUsable)
            return nothing;
        var grid = new DayGrid(pointsPerDay);
        var count = grid.Count(values.Length);
        using var blocks = new PooledBuffer(count);
        using var rest = new PooledBuffer(count);
        using var shape = new PooledBuffer(grid.BlocksPerDay);
        using var levels = new PooledBuffer(DayProfile.MostDays(count, grid));
        BlockMedians.Fill(values, grid, scale, blocks.Span);
        if (!BlockMedians.AreUsable(blocks.Span))
            return nothing;
        var profile = DayProfile.Polish(blocks.Span, grid, shape.Span, levels.Span, calendar);
        profile.Subtract(blocks.Span, rest.Span);
        return read(rest.Span, profile, grid, scale);
    }

    /// <param name="y">The blocks without their usual day, NaN where missing; overwritten when weekends are known.</param>
    private static List<ShiftEvent> Events(
        Span<double> y, DayProfile profile, DayGrid grid, BlockScale scale, ShiftThresholds thresholds, int points)
    {
        var blocks = y.Length;
        var steps = StepScan.Apart(Steps(y, profile, ref thresholds, share: 1), grid.BlocksPerDay);
        var pulses = PulseChoice.Events(PulseScan.Find(y, grid, new(thresholds, profile.KnowsWeekends)), grid);

        // To tell a ramp from a flat top, a curve is drawn through gaps; nothing is found in them.
        MissingValues.Fill(y, y);
        var events = new List<ShiftEvent>(pulses.Count + steps.Count);
        foreach (var pulse in pulses)
            events.Add(Event(pulse.Start, pulse.End, PulseKind.Of(pulse, y, profile.Shape, grid), false, pulse.Change, pulse.Score));
        foreach (var step in steps)
            events.Add(Event(step.Start, step.Start + grid.BlocksPerDay, IncidentKind.LevelShift, true, step.Change, step.Score));
        events.Sort(static (a, b) => (a.Start, a.Lasting).CompareTo((b.Start, b.Lasting)));
        return events;

        // What goes on in the last block goes on in the points that do not make a block yet.
        ShiftEvent Event(int start, int end, IncidentKind kind, bool lasting, double change, double score) => new(
            grid.FirstPoint(start), end >= blocks ? points : grid.FirstPoint(end),
            kind, lasting, scale.Size(change), Math.Sign(change), score);
    }

    private static double Reach(Span<double> y, DayProfile profile, DayGrid grid, ShiftThresholds thresholds, double share)
    {
        var reach = 0.0;
        foreach (var step in Steps(y, profile, ref thresholds, share))
            reach = step.Start + grid.BlocksPerDay >= y.Length ? Math.Max(reach, step.Reach) : reach;
        return Math.Max(reach, PulseReach.Of(y, grid, new(thresholds, profile.KnowsWeekends), share));
    }

    /// <summary>The steps; then the weekends' own day and level are taken out of the blocks, and thresholds are those of pulses.</summary>
    private static List<Step> Steps(Span<double> y, DayProfile profile, ref ShiftThresholds thresholds, double share)
    {
        var delay = profile.KnowsWeekends ? Weekends.SubtractDay(y, profile) : 0;
        var steps = StepScan.Find(y, profile, thresholds, share);
        if (profile.KnowsWeekends)
        {
            Weekends.SubtractLevel(y, profile, delay);
            thresholds = thresholds.ForKnownWeekends(Weekends.CountWorkdays(profile));
        }
        return steps;
    }
}
