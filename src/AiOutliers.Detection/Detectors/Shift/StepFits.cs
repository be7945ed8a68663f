namespace AiOutliers.Detection.Detectors.Shift;

/// <summary>All fits of a stretch of days, for every step and every weekend; at most <see cref="MostDays"/> days.</summary>
internal readonly ref struct StepFits
{
    /// <summary>Longer series are looked at in windows: levels drift over months.</summary>
    public const int MostDays = 28;

    /// <summary>A level is known from two days on.</summary>
    private const int LeastBefore = 2;

    private const int Weekends = 8;

    private StepFits(ReadOnlySpan<StepFit> all, StepFit flat, StepFit best)
    {
        All = all;
        Flat = flat;
        Best = best;
    }

    public static int Room => (MostDays + 1) * Weekends;

    /// <summary>The best without a step; its cost is R0.</summary>
    public StepFit Flat { get; }

    /// <summary>The best with a step; its cost is R1.</summary>
    public StepFit Best { get; }

    /// <summary>Every fit with a step.</summary>
    public ReadOnlySpan<StepFit> All { get; }

    /// <param name="levels">U; NaN is missing.</param>
    /// <param name="low">The first day.</param>
    /// <param name="high">One past the last.</param>
    /// <param name="weekend">o, when the calendar says it; else every weekend is tried, and none.</param>
    /// <param name="room"><see cref="Room"/> places.</param>
    public static StepFits Of(ReadOnlySpan<double> levels, int low, int high, int weekend, Span<StepFit> room)
    {
        var (flat, best, count) = (StepFit.Worst, StepFit.Worst, 0);
        Span<double> storage = stackalloc double[2 * (MostDays + 1)];
        var (firstWeekend, lastWeekend) = weekend == StepFit.None ? (StepFit.None, Weekends - 2) : (weekend, weekend);
        for (weekend = firstWeekend; weekend <= lastWeekend; weekend++)
        {
            var before = new SortedWindow(storage[..(MostDays + 1)]);
            var after = new SortedWindow(storage[(MostDays + 1)..]);
            for (var day = low; day < high; day++)
            {
                if (IsWorkday(levels, day, weekend))
                    after.Add(levels[day]);
            }
            var level = Fit(levels, low, high, StepFit.None, weekend, after.Median, after.Median);
            flat = level.Cost < flat.Cost ? level : flat;
            for (var step = low + 1; step < high; step++)
            {
                if (IsWorkday(levels, step - 1, weekend))
                {
                    before.Add(levels[step - 1]);
                    after.Remove(levels[step - 1]);
                }
                if (step < low + LeastBefore || before.Count == 0 || after.Count == 0)
                    continue;
                var fit = Fit(levels, low, high, step, weekend, before.Median, after.Median);
                room[count++] = fit;
                best = fit.Cost < best.Cost ? fit : best;
            }
        }
        return new(room[..count], flat, best);
    }

    private static bool IsWorkday(ReadOnlySpan<double> levels, int day, int weekend) => !double.IsNaN(levels[day]) && !StepFit.IsWeekend(day, weekend);

    private static StepFit Fit(ReadOnlySpan<double> levels, int low, int high, int step, int weekend, double before, double after)
    {
        var fit = new StepFit(step, weekend, before, after, 0, 0);
        if (double.IsNaN(before))
            return StepFit.Worst;
        var cost = 0.0;
        var weekendDays = new SortedWindow(stackalloc double[MostDays + 1]);
        for (var day = low; day < high; day++)
        {
            var rest = fit.Rest(levels[day], day);
            if (double.IsNaN(rest))
                continue;
            if (StepFit.IsWeekend(day, weekend))
                weekendDays.Add(rest);
            else
                cost += Math.Abs(rest);
        }
        var offset = weekendDays.Count == 0 ? 0 : weekendDays.Median;
        for (var day = low; day < high; day++)
        {
            if (StepFit.IsWeekend(day, weekend) && !double.IsNaN(levels[day]))
                cost += Math.Abs(fit.Rest(levels[day], day) - offset);
        }
        return fit with { WeekendOffset = offset, Cost = cost };
    }
}
