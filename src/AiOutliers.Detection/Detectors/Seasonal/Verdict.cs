using System.Numerics.Tensors;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// From scores to alarms. A window's score reaches beyond what caused it: runs above a threshold are cut back to points that are odd
/// themselves.
/// </summary>
internal static class Verdict
{
    public const int ShortestSustained = 25;

    private const int FewPoints = 100;

    // Three and two robust deviations, squared: what a point of an alarm must reach by itself.
    private const double OddSharp = 9;
    private const double OddSustained = 4;

    /// <summary>
    /// Marks where the point score exceeds max(T0, c · its upper quartile), or its median where one event's windows are a quarter of the
    /// series.
    /// </summary>
    /// <returns>That threshold.</returns>
    public static double MarkSharp(
        ReadOnlySpan<double> point, ReadOnlySpan<double> energy, Levels levels, Span<AlarmClasses> alarms, Scratch scratch)
    {
        var threshold =
            Math.Max(levels.SharpLeast, levels.SharpFactor * Robust.Quantile(point, point.Length < FewPoints ? 0.5 : 0.75, scratch));
        MarkRuns(point, threshold, energy, OddSharp, AlarmClasses.Sharp, alarms);
        return threshold;
    }

    /// <summary>Marks where the statistic of long windows exceeds max(T2, its median + k2 · its MAD).</summary>
    /// <returns>That threshold.</returns>
    public static double MarkSustained(
        ReadOnlySpan<double> statistic, ReadOnlySpan<double> energy, Levels levels, Span<AlarmClasses> alarms, Scratch scratch)
    {
        var (median, mad) = Robust.MedianAndMad(statistic, scratch);
        var threshold = Math.Max(levels.SustainedLeast, median + levels.SustainedDeviations * mad);
        MarkRuns(statistic, threshold, energy, OddSustained, AlarmClasses.Sustained, alarms);
        return threshold;
    }

    private static void MarkRuns(
        ReadOnlySpan<double> score, double threshold, ReadOnlySpan<double> energy,
        double odd, AlarmClasses alarm, Span<AlarmClasses> alarms)
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

    public static void Mark(Span<AlarmClasses> alarms, AlarmClasses alarm)
    {
        foreach (ref var at in alarms)
            at |= alarm;
    }
}
