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

    /// <summary>The smaller of u and v is at least this share of the larger: the edge of a weekend differs from one side only.</summary>
    private const double Symmetry = 0.5;

    /// <summary>A window that still runs has one side only; a week before it shows what one side is worth.</summary>
    private const double DaysBeforeOpen = 7.25;

    /// <summary>Noise is never taken for less than this share of the least change: a flat series has none.</summary>
    private const double LeastNoise = 1.0 / 6;

    private static ReadOnlySpan<int> Hours => [2, 3, 4, 6, 8, 12];

    /// <param name="y">The blocks without their usual day; NaN where missing.</param>
    public static List<Pulse> Find(ReadOnlySpan<double> y, DayGrid grid, PulseRules rules)
    {
        var n = y.Length;
        using var before = new PooledBuffer(n + 1);
        using var after = new PooledBuffer(n + 1);
        using var sums = new PooledBuffer(n + 1);
        using var counts = new PooledBuffer(n + 1);
        using var room = new PooledBuffer(3 * n);
        PulseSides.Fill(y, grid, rules, before.Span, after.Span);
        sums.Span[0] = counts.Span[0] = 0;
        for (var i = 0; i < n; i++)
        {
            sums.Span[i + 1] = sums.Span[i] + (double.IsNaN(y[i]) ? 0 : y[i]);
            counts.Span[i + 1] = counts.Span[i] + (double.IsNaN(y[i]) ? 0 : 1);
        }

        var found = new List<Pulse>();
        foreach (var hours in Hours)
        {
            if (grid.Blocks(hours) > n)
                break;
            Scan(sums.Span, counts.Span, before.Span, after.Span, hours, grid, rules, room.Span, found);
        }
        return found;
    }

    private static void Scan(
        ReadOnlySpan<double> sums, ReadOnlySpan<double> counts, ReadOnlySpan<double> before,
        ReadOnlySpan<double> after, int hours, DayGrid grid, PulseRules rules, Span<double> room, List<Pulse> found)
    {
        var (thresholds, width) = (rules.Thresholds, grid.Blocks(hours));
        var windows = sums.Length - width;
        var one = room[..windows];
        var both = room[windows..(2 * windows)];
        var spare = room[(2 * windows)..(3 * windows)];
        var leastNoise = thresholds.LeastPulse * LeastNoise;
        var spread = rules.Spread(Differences(sums, counts, before, after, width, one, both, spare));
        var noise = rules.Share(hours) * Math.Max(spread, leastNoise);
        var minimum = Math.Max(thresholds.Pulse * noise, thresholds.LeastPulse);
        for (var a = 0; a < windows; a++)
        {
            if (Math.Abs(both[a]) >= minimum && StandsOut(both, a, grid, rules.Contrast))
                found.Add(new(a, a + width, both[a], Math.Abs(both[a]) / noise));
        }
        noise = double.NaN;
        for (var a = (int)Math.Ceiling(DaysBeforeOpen * grid.BlocksPerDay); a < windows; a++)
        {
            if (!double.IsNaN(after[a + width]) || Math.Abs(one[a]) < thresholds.LeastPulse)
                continue;
            if (double.IsNaN(noise))
                noise = rules.Share(hours) * Math.Max(rules.Spread(Known(one, spare)), leastNoise);
            if (Math.Abs(one[a]) >= thresholds.OpenPulse * noise && StandsOut(one, a, grid, rules.Contrast))
                found.Add(new(a, a + width, one[a], Math.Abs(one[a]) / noise * thresholds.Pulse / thresholds.OpenPulse));
        }
    }

    /// <param name="one">u; NaN where the side before is missing.</param>
    /// <param name="both">The change seen from both sides; 0 where they do not agree, NaN where one is not there.</param>
    /// <returns>(u + v)/2 of every window with two sides.</returns>
    private static Span<double> Differences(
        ReadOnlySpan<double> sums, ReadOnlySpan<double> counts, ReadOnlySpan<double> before,
        ReadOnlySpan<double> after, int width, Span<double> one, Span<double> both, Span<double> spare)
    {
        var count = 0;
        for (var a = 0; a < both.Length; a++)
        {
            var known = counts[a + width] - counts[a];
            // With half of it missing, a window is another, shorter one.
            var mean = 2 * known > width ? (sums[a + width] - sums[a]) / known : double.NaN;
            var (u, v) = (mean - before[a], mean - after[a + width]);
            var middle = (u + v) / 2;
            var agree = u * v > 0 && Math.Min(Math.Abs(u), Math.Abs(v)) >= Symmetry * Math.Max(Math.Abs(u), Math.Abs(v));
            one[a] = u;
            both[a] = agree || double.IsNaN(middle) ? middle : 0;
            if (!double.IsNaN(middle))
                spare[count++] = middle;
        }
        return spare[..count];
    }

    private static Span<double> Known(ReadOnlySpan<double> values, Span<double> spare)
    {
        var count = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                spare[count++] = value;
        }
        return spare[..count];
    }

    private static bool StandsOut(ReadOnlySpan<double> changes, int window, DayGrid grid, double contrast)
    {
        var change = changes[window];
        for (var day = -OtherDays; day <= OtherDays; day++)
        {
            var middle = window + day * grid.BlocksPerDay;
            if (day == 0 || middle + Radius < 0 || middle - Radius >= changes.Length)
                continue;
            foreach (var other in changes[Math.Max(0, middle - Radius)..Math.Min(changes.Length, middle + Radius + 1)])
            {
                if (other * change > 0 && Math.Abs(change) < contrast * Math.Abs(other))
                    return false;
            }
        }
        return true;
    }
}
