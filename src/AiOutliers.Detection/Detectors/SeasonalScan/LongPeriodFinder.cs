using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>Finds the week: the multiple of the season that explains clearly more than the season does.</summary>
internal static class LongPeriodFinder
{
    private const double LeastCorrelation = 0.3;

    // By so much more than at the season itself must the correlation be.
    private const double LeastGain = 0.1;
    private const double NearlyHighest = 0.85;

    // One lag at a time costs n operations each; all of them by transform about as much as so many.
    private const int FewLags = 64;

    /// <summary>Q: P times 1, 2, 3, … up to a third of the series.</summary>
    public static int Find(ReadOnlySpan<double> t, int period, Scratch scratch)
    {
        var n = t.Length;
        var multiples = n / 3 / period;
        if (multiples < 2)
            return period;
        var y = scratch.Take(n);
        WithoutSeason(t, period, y, scratch);
        var correlation = scratch.Take(multiples + 1);
        AtMultiples(y, period, correlation, scratch);
        var highest = TensorPrimitives.Max<double>(correlation[2..]);
        if (highest < LeastCorrelation || highest <= correlation[1] + LeastGain)
            return period;
        var multiple = 2;
        while (correlation[multiple] < NearlyHighest * highest)
            multiple++;
        return multiple * period;
    }

    private static void WithoutSeason(ReadOnlySpan<double> t, int period, Span<double> y, Scratch scratch)
    {
        TensorPrimitives.Subtract(t, Robust.Median(t, scratch), y);
        var profile = scratch.Take(period);
        PhaseProfile.Of(y, period, profile, [], scratch);
        for (var start = 0; start < y.Length; start += period)
        {
            var cycle = y.Slice(start, Math.Min(period, y.Length - start));
            TensorPrimitives.Subtract(cycle, profile[..cycle.Length], cycle);
        }
        PeriodFinder.WinsorizeAndDetrend(y, scratch);
    }

    private static void AtMultiples(ReadOnlySpan<double> y, int period, Span<double> correlation, Scratch scratch)
    {
        if (correlation.Length <= FewLags)
        {
            for (var k = 1; k < correlation.Length; k++)
                correlation[k] = Autocorrelation.At(y, k * period);
            return;
        }
        var all = scratch.Take((correlation.Length - 1) * period + 1);
        Autocorrelation.UpTo(y, all, scratch);
        for (var k = 1; k < correlation.Length; k++)
            correlation[k] = all[k * period];
    }
}
