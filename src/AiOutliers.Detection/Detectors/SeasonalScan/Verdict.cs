using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>
/// From scores to alarms. A window's score reaches beyond what caused it: runs above a threshold are cut back to points that are odd themselves.
/// </summary>
internal static class Verdict
{
    public const int ShortestSustained = 25;

    // Three and two robust deviations, squared: what a point of an alarm must reach by itself.
    private const double OddSharp = 9;
    private const double OddSustained = 4;

    // A run of zeros is an outage when fewer of its kind are to be expected by chance in the whole series.
    private const double ZeroRunChance = 0.01;

    /// <summary>Marks where the point score exceeds max(T0, c · its upper quartile).</summary>
    /// <returns>That threshold.</returns>
    public static double MarkSharp(ReadOnlySpan<double> point, ReadOnlySpan<double> energy, Levels levels, Span<AlarmClasses> alarms, Scratch scratch)
    {
        var threshold = Math.Max(levels.SharpLeast, levels.SharpFactor * Robust.Quantile(point, 0.75, scratch));
        MarkRuns(point, threshold, energy, OddSharp, AlarmClasses.Sharp, alarms);
        return threshold;
    }

    /// <summary>Marks where the statistic of long windows exceeds max(T2, its median + k2 · its MAD).</summary>
    /// <returns>That threshold.</returns>
    public static double MarkSustained(ReadOnlySpan<double> statistic, ReadOnlySpan<double> energy, Levels levels, Span<AlarmClasses> alarms, Scratch scratch)
    {
        var (median, mad) = Robust.MedianAndMad(statistic, scratch);
        var threshold = Math.Max(levels.SustainedLeast, median + levels.SustainedDeviations * mad);
        MarkRuns(statistic, threshold, energy, OddSustained, AlarmClasses.Sustained, alarms);
        return threshold;
    }

    /// <summary>
    /// Marks runs of zeros that chance does not explain: with p = (zeros elsewhere + ½)/n, a run of L is one when n·p^L &lt; .01. Series with negative
    /// values, or where zero is usual, have none.
    /// </summary>
    public static void MarkZeroRuns(ReadOnlySpan<double> x, Span<AlarmClasses> alarms)
    {
        var n = x.Length;
        var zeros = x.Count(0.0);
        if (TensorPrimitives.Min(x) < 0 || 2 * zeros >= n)
            return;
        for (var start = 0; start < n; start++)
        {
            if (x[start] != 0)
                continue;
            var end = start + 1;
            while (end < n && x[end] == 0)
                end++;
            var length = end - start;
            if (n * Math.Pow((zeros - length + 0.5) / n, length) < ZeroRunChance)
                Mark(alarms[start..end], AlarmClasses.Outage);
            start = end;
        }
    }

    private static void MarkRuns(
        ReadOnlySpan<double> score, double threshold, ReadOnlySpan<double> energy, double odd, AlarmClasses alarm, Span<AlarmClasses> alarms)
    {
        for (var start = 0; start < score.Length; start++)
        {
            if (score[start] <= threshold)
                continue;
            var end = start + 1;
            while (end < score.Length && score[end] > threshold)
                end++;
            var (first, last) = Trimmed(energy[start..end], odd);
            if (first > last)
                first = last = TensorPrimitives.IndexOfMax(score[start..end]);
            Mark(alarms[(start + first)..(start + last + 1)], alarm);
            start = end;
        }
    }

    /// <summary>The first and the last odd point; first &gt; last if there is none.</summary>
    private static (int First, int Last) Trimmed(ReadOnlySpan<double> energy, double odd)
    {
        var (first, last) = (0, energy.Length - 1);
        while (first <= last && energy[first] <= odd)
            first++;
        while (last >= first && energy[last] <= odd)
            last--;
        return (first, last);
    }

    private static void Mark(Span<AlarmClasses> alarms, AlarmClasses alarm)
    {
        foreach (ref var at in alarms)
            at |= alarm;
    }
}
