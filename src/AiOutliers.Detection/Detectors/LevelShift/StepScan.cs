namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// Looks for steps in the day levels (<see cref="StepFits"/>), then for more of them on either side of each. A step must be large against
/// the noise of the levels and explain them clearly better than no step does.
/// </summary>
internal static class StepScan
{
    /// <summary>By how many days windows of a long series move on.</summary>
    private const int Hop = 7;

    private const int LeastDays = 4;

    private const int MostDepth = 3;

    /// <summary>Parameters that a fit spends: two levels and a weekend. The rest of the days measure the noise.</summary>
    private const int Parameters = 3;

    /// <summary>Day levels are never taken for steadier than 3 %.</summary>
    private const double LeastNoise = 0.03;

    /// <param name="y">The blocks without their usual day, without gaps.</param>
    /// <param name="share">1; less to find also what is nearer to the thresholds than that.</param>
    /// <returns>Steps in any order.</returns>
    public static List<Step> Find(ReadOnlySpan<double> y, DayProfile profile, ShiftThresholds thresholds, double share = 1)
    {
        var found = new List<Step>();
        var days = profile.Levels.Length;
        for (var low = 0; low == 0 || low < days - StepFits.MostDays + Hop; low += Hop)
        {
            var start = Math.Max(0, Math.Min(low, days - StepFits.MostDays));
            Split(y, profile, thresholds, share, start, Math.Min(start + StepFits.MostDays, days), 0, found);
        }
        return found;
    }

    /// <returns>Steps in order of time, at least a day apart.</returns>
    public static List<Step> Apart(List<Step> found, int blocksPerDay)
    {
        found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var apart = new List<Step>();
        foreach (var step in found)
        {
            if (apart.Count == 0 || step.Start - apart[^1].Start >= blocksPerDay)
                apart.Add(step);
        }
        return apart;
    }

    private static void Split(
        ReadOnlySpan<double> y, DayProfile profile, ShiftThresholds thresholds, double share, int low, int high, int depth,
        List<Step> found)
    {
        if (high - low < LeastDays || depth > MostDepth)
            return;
        using var room = new PooledFits();
        var fits = StepFits.Of(profile.Levels, low, high, profile.Weekend, room.Span);
        var best = fits.Best;
        if (best.Step == StepFit.None)
            return;
        var gain = fits.Flat.Cost - best.Cost;
        var noise = Noise(profile.Levels, low, high, best);
        var reach = Math.Min(
            Math.Abs(best.Change) / Math.Max(thresholds.LeastStep, thresholds.Step * noise),
            gain / Math.Max(thresholds.LeastStep, thresholds.StepGain * noise));
        if (!(reach >= share))
            return;
        found.Add(StepBegin.Find(y, profile, low, high, fits, noise) with { Score = gain / noise, Reach = reach });
        Split(y, profile, thresholds, share, low, best.Step, depth + 1, found);
        Split(y, profile, thresholds, share, best.Step, high, depth + 1, found);
    }

    private static double Noise(ReadOnlySpan<double> levels, int low, int high, StepFit fit)
    {
        Span<double> rests = stackalloc double[StepFits.MostDays];
        var known = 0;
        for (var day = low; day < high; day++)
        {
            var rest = fit.Rest(levels[day], day);
            if (!double.IsNaN(rest))
                rests[known++] = rest;
        }
        return Math.Max(Median.SpreadAroundZero(rests[..known]), Math.Max(fit.Cost / Math.Max(1, known - Parameters), LeastNoise));
    }
}
