namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>The day of the weekends (T), and whether they have one of their own.</summary>
internal static class WeekendShape
{
    /// <summary>
    /// T, with median about 0, and what the weekends' blocks differ by from none and from the T of the other weekend days.
    /// </summary>
    public static (double None, double Own) Find(
        ReadOnlySpan<double> y, DayProfile profile, int delay, Span<double> room, Span<double> shape)
    {
        var (none, own) = (0.0, 0.0);
        for (var phase = 0; phase < shape.Length; phase++)
        {
            var count = 0;
            for (var day = 0; day < profile.Levels.Length; day++)
            {
                var rest = Rest(y, profile, delay, day, phase);
                if (!double.IsNaN(rest))
                    room[count++] = rest;
            }
            var sorted = room[..count];
            sorted.Sort();
            shape[phase] = count == 0 ? 0 : (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
            for (var i = 0; count > 1 && i < count; i++)
            {
                none += Math.Abs(sorted[i]);
                own += Math.Abs(sorted[i] - MedianWithout(sorted, i));
            }
        }
        return (none, own);
    }

    /// <summary>The median of all values but one.</summary>
    private static double MedianWithout(ReadOnlySpan<double> sorted, int left)
    {
        var (lower, upper) = ((sorted.Length - 2) / 2, (sorted.Length - 1) / 2);
        return (sorted[lower < left ? lower : lower + 1] + sorted[upper < left ? upper : upper + 1]) / 2;
    }

    private static double Rest(ReadOnlySpan<double> y, DayProfile profile, int delay, int day, int phase)
    {
        var i = profile.FirstBlock(day) + delay + phase;
        return profile.IsWeekend(day) && i >= 0 && i < y.Length ? y[i] - profile.Levels[day] : double.NaN;
    }
}
