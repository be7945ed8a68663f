using System.Numerics.Tensors;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>From scores to alarms.</summary>
internal static class Alarms
{
    // A run of zeros is an outage when so few of the kind are to be expected by chance in the whole series.
    private const double ZeroRunChance = 0.01;

    /// <summary>
    /// Marks the runs above the threshold, each cut to its first..last point whose own energy exceeds <paramref name="energyAbove"/>: a window's score
    /// reaches beyond what caused it. Without such a point, the one with the highest score.
    /// </summary>
    public static void MarkRuns(
        ReadOnlySpan<double> score, double threshold, ReadOnlySpan<double> energy, double energyAbove, AlarmClasses alarm, Span<AlarmClasses> alarms)
    {
        for (var start = 0; start < score.Length; start++)
        {
            if (!(score[start] > threshold))
                continue;
            var end = start + 1;
            while (end < score.Length && score[end] > threshold)
                end++;
            var (first, last) = (start, end - 1);
            while (first < end && !(energy[first] > energyAbove))
                first++;
            while (last >= first && !(energy[last] > energyAbove))
                last--;
            if (first == end)
                first = last = start + TensorPrimitives.IndexOfMax(score[start..end]);
            Mark(alarms[first..(last + 1)], alarm);
            start = end;
        }
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

    private static void Mark(Span<AlarmClasses> alarms, AlarmClasses alarm)
    {
        foreach (ref var at in alarms)
            at |= alarm;
    }
}
