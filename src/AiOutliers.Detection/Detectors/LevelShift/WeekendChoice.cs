namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// Which days the weekend is: those that the calendar says, unless the levels speak clearly for a day earlier or later (local time far from
/// UTC, or a weekend of Friday and Saturday).
/// </summary>
internal static class WeekendChoice
{
    /// <summary>The levels speak clearly when they fit the other days at less than this share of the cost.</summary>
    private const double Clearly = 0.6;

    private const int DaysPerWeek = 7;

    /// <param name="levels">U; NaN is missing. The last four weeks decide.</param>
    /// <param name="expected">o of the calendar.</param>
    public static int Of(ReadOnlySpan<double> levels, int expected)
    {
        using var room = new PooledFits();
        var (weekend, least) = (expected, Clearly * Cost(expected, levels, room));
        foreach (var other in (ReadOnlySpan<int>)[(expected + 6) % 7, (expected + 1) % 7])
        {
            var cost = Cost(other, levels, room);
            if (cost < least)
                (weekend, least) = (other, cost);
        }
        return weekend;
    }

    /// <summary>The weekend, of the seven there may be, that fits best.</summary>
    /// <param name="levels">U; NaN is missing. The last four weeks decide.</param>
    public static int Best(ReadOnlySpan<double> levels)
    {
        using var room = new PooledFits();
        var (weekend, least) = (0, double.PositiveInfinity);
        for (var other = 0; other < DaysPerWeek; other++)
        {
            var cost = Cost(other, levels, room);
            if (cost < least)
                (weekend, least) = (other, cost);
        }
        return weekend;
    }

    private static double Cost(int weekend, ReadOnlySpan<double> levels, PooledFits room)
    {
        var fits = StepFits.Of(levels, Math.Max(0, levels.Length - StepFits.MostDays), levels.Length, weekend, room.Span);
        return Math.Min(fits.Flat.Cost, fits.Best.Cost);
    }
}
