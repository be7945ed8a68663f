using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>How near the windows that end at the last block are to an event that still runs (<see cref="PulseScan"/>).</summary>
internal static class PulseReach
{
    /// <param name="y">The blocks without their usual day; NaN where missing.</param>
    /// <param name="share">Where less is certain at once, the rest is not computed.</param>
    /// <returns>1 is the threshold; below the share it may be less.</returns>
    public static double Of(ReadOnlySpan<double> y, DayGrid grid, PulseRules rules, double share)
    {
        var reach = 0.0;
        foreach (var hours in PulseScan.Hours)
        {
            var start = y.Length - grid.Blocks(hours);
            if (start < PulseScan.DaysBeforeOpen * grid.BlocksPerDay)
                break;
            // Most series end here: their other windows are not looked at.
            var most = Math.Abs(Mean(y[start..]) - PulseSides.Before(y, start, grid, rules)) / rules.Thresholds.LeastPulse;
            reach = Math.Max(reach, most < share ? most : OfNewest(y, hours, grid, rules, share));
        }
        return reach;
    }

    private static double OfNewest(ReadOnlySpan<double> y, int hours, DayGrid grid, PulseRules rules, double share)
    {
        using var windows = new PulseWindows(y, grid, rules);
        using var room = new PooledBuffer(2 * y.Length);
        var width = grid.Blocks(hours);
        var one = room.Span[..(y.Length - width + 1)];
        windows.Changes(width, one);
        var change = Math.Abs(one[^1]);
        if (double.IsNaN(change))
            return 0;
        var contrast = change / (rules.Contrast * PulseScan.LargestAlike(one, one.Length - 1, grid));
        if (contrast < share)
            return contrast;
        var noise = PulseScan.NoiseOfOpen(one, room.Span[one.Length..], hours, rules);
        return Math.Min(contrast, change / Math.Max(rules.Thresholds.LeastPulse, rules.Thresholds.OpenPulse * noise));
    }

    /// <summary>Of what is known.</summary>
    private static double Mean(ReadOnlySpan<double> window)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in window)
            (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
        return sum / count;
    }
}
