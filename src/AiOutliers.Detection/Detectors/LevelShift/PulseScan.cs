using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// Looks for windows of 2 to 12 hours that differ from both of their sides. For a window of w blocks at a, u = mean(y[a..a+w)) − L[a] and
/// v = the same mean − A[a+w]; its change is (u + v)/2 where both agree in sign and are of about one size. It must stand out from all
/// windows of its width and from the same hour on other days: what happens every day, or twice in two weeks, is not an anomaly.
/// </summary>
internal static class PulseScan
{
    /// <summary>"The same hour" is an hour sooner or later, and "other days" are two weeks to either side.</summary>
    private const int Radius = 2;

    private const int OtherDays = 14;

    /// <summary>A window that still runs has one side only; a week before it shows what one side is worth.</summary>
    internal const double DaysBeforeOpen = 7.25;

    /// <summary>Noise is never taken for less than this share of the least change: a flat series has none.</summary>
    private const double LeastNoise = 1.0 / 6;

    internal static ReadOnlySpan<int> Hours => [2, 3, 4, 6, 8, 12];

    /// <param name="y">The blocks without their usual day; NaN where missing.</param>
    public static List<Pulse> Find(ReadOnlySpan<double> y, DayGrid grid, PulseRules rules)
    {
        using var windows = new PulseWindows(y, grid, rules);
        using var room = new PooledBuffer(3 * y.Length);
        var found = new List<Pulse>();
        foreach (var hours in Hours)
        {
            if (grid.Blocks(hours) > y.Length)
                break;
            Scan(windows, hours, grid, rules, room.Span, found);
        }
        return found;
    }

    private static void Scan(in PulseWindows all, int hours, DayGrid grid, PulseRules rules, Span<double> room, List<Pulse> found)
    {
        var (thresholds, width) = (rules.Thresholds, grid.Blocks(hours));
        var windows = all.Blocks + 1 - width;
        var one = room[..windows];
        var both = room[windows..(2 * windows)];
        var spare = room[(2 * windows)..(3 * windows)];
        var noise = Noise(all.Changes(width, one, both, spare), hours, rules);
        var minimum = Math.Max(thresholds.Pulse * noise, thresholds.LeastPulse);
        for (var a = 0; a < windows; a++)
        {
            if (Math.Abs(both[a]) >= minimum && StandsOut(both, a, grid, rules.Contrast))
                found.Add(new(a, a + width, both[a], Math.Abs(both[a]) / noise));
        }
        noise = double.NaN;
        for (var a = (int)Math.Ceiling(DaysBeforeOpen * grid.BlocksPerDay); a < windows; a++)
        {
            if (!all.IsOpen(a + width) || Math.Abs(one[a]) < thresholds.LeastPulse)
                continue;
            if (double.IsNaN(noise))
                noise = NoiseOfOpen(one, spare, hours, rules);
            if (Math.Abs(one[a]) >= thresholds.OpenPulse * noise && StandsOut(one, a, grid, rules.Contrast))
                found.Add(new(a, a + width, one[a], Math.Abs(one[a]) / noise * thresholds.Pulse / thresholds.OpenPulse));
        }
    }

    internal static double NoiseOfOpen(ReadOnlySpan<double> one, Span<double> spare, int hours, PulseRules rules) =>
        Noise(spare[..MissingValues.CopyKnown(one, spare)], hours, rules);

    private static double Noise(Span<double> changes, int hours, PulseRules rules) =>
        rules.Share(hours) * Math.Max(rules.Spread(changes), rules.Thresholds.LeastPulse * LeastNoise);

    private static bool StandsOut(ReadOnlySpan<double> changes, int window, DayGrid grid, double contrast) =>
        Math.Abs(changes[window]) >= contrast * LargestAlike(changes, window, grid);

    /// <summary>The size of the largest change in the same direction at the same hour of other days; 0 where there is none.</summary>
    internal static double LargestAlike(ReadOnlySpan<double> changes, int window, DayGrid grid)
    {
        var (change, largest) = (changes[window], 0.0);
        for (var day = -OtherDays; day <= OtherDays; day++)
        {
            var middle = window + day * grid.BlocksPerDay;
            if (day == 0 || middle + Radius < 0 || middle - Radius >= changes.Length)
                continue;
            foreach (var other in changes[Math.Max(0, middle - Radius)..Math.Min(changes.Length, middle + Radius + 1)])
                largest = other * change > 0 ? Math.Max(largest, Math.Abs(other)) : largest;
        }
        return largest;
    }
}
