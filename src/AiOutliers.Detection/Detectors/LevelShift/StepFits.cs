namespace AiOutliers.Detection.Detectors.LevelShift;

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
        Span<double> storage = stackalloc double[4 * MostDays];
        var (firstWeekend, lastWeekend) = weekend == StepFit.None ? (StepFit.None, Weekends - 2) : (weekend, weekend);
        for (weekend = firstWeekend; weekend <= lastWeekend; weekend++)
        {
            var before = new SortedWindow(storage[..MostDays]);
            var after = new SortedWindow(storage[MostDays..(2 * MostDays)]);
            var days = Days.Split(levels[low..high], low, weekend, storage[(2 * MostDays)..]);
            foreach (var level in days.Working)
                after.Add(level);
            var one = days.Fit(new(StepFit.None, weekend, after.Median, after.Median, 0, 0), days.Working.Length, days.Free.Length);
            flat = one.Cost < flat.Cost ? one : flat;
            var free = 0;
            for (var step = low + 1; step < high; step++)
            {
                var last = levels[step - 1];
                if (!double.IsNaN(last) && StepFit.IsWeekend(step - 1, weekend))
                    free++;
                else if (!double.IsNaN(last))
                {
                    before.Add(last);
                    after.Remove(last);
                }
                if (step < low + LeastBefore || before.Count == 0 || after.Count == 0)
                    continue;
                var fit = days.Fit(new(step, weekend, before.Median, after.Median, 0, 0), before.Count, free);
                room[count++] = fit;
                best = fit.Cost < best.Cost ? fit : best;
            }
        }
        return new(room[..count], flat, best);
    }

    /// <summary>The known levels of the working days and of the weekends, each in order of time.</summary>
    private readonly ref struct Days(ReadOnlySpan<double> working, ReadOnlySpan<double> free)
    {
        public ReadOnlySpan<double> Working { get; } = working;

        public ReadOnlySpan<double> Free { get; } = free;

        public static Days Split(ReadOnlySpan<double> levels, int firstDay, int weekend, Span<double> room)
        {
            var (working, free) = (0, 0);
            for (var i = 0; i < levels.Length; i++)
            {
                if (double.IsNaN(levels[i]))
                    continue;
                if (StepFit.IsWeekend(firstDay + i, weekend))
                    room[MostDays + free++] = levels[i];
                else
                    room[working++] = levels[i];
            }
            return new(room[..working], room.Slice(MostDays, free));
        }

        /// <param name="fit">Two levels; gets the weekend's offset and the cost.</param>
        /// <param name="workingBefore">How many of the working days are before the step.</param>
        /// <param name="freeBefore">How many of the weekends' days.</param>
        public StepFit Fit(StepFit fit, int workingBefore, int freeBefore)
        {
            if (double.IsNaN(fit.Before))
                return StepFit.Worst;
            var cost = 0.0;
            foreach (var level in Working[..workingBefore])
                cost += Math.Abs(level - fit.Before);
            foreach (var level in Working[workingBefore..])
                cost += Math.Abs(level - fit.After);
            if (Free.IsEmpty)
                return fit with { Cost = cost };
            var rests = new SortedWindow(stackalloc double[MostDays]);
            for (var i = 0; i < Free.Length; i++)
                rests.Add(Free[i] - (i < freeBefore ? fit.Before : fit.After));
            var offset = rests.Median;
            for (var i = 0; i < Free.Length; i++)
                cost += Math.Abs(Free[i] - (i < freeBefore ? fit.Before : fit.After) - offset);
            return fit with { WeekendOffset = offset, Cost = cost };
        }
    }
}
