using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

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
    /// <param name="t">The transformed series; NaN where a value is missing.</param>
    /// <param name="known">How many values are known.</param>
    /// <param name="period">P.</param>
    /// <param name="scratch">Working memory.</param>
    public static int Find(ReadOnlySpan<double> t, int known, int period, Scratch scratch)
    {
        var n = t.Length;
        var multiples = n / 3 / period;
        if (multiples < 2)
            return period;
        var y = scratch.Take(n);
        WithoutSeason(t, known, period, y, scratch);
        var correlation = scratch.Take(multiples + 1);
        AtMultiples(y, known, period, correlation, scratch);
        var highest = TensorPrimitives.Max<double>(correlation[2..]);
        if (highest < LeastCorrelation || highest <= correlation[1] + LeastGain)
            return period;
        var multiple = 2;
        while (correlation[multiple] < NearlyHighest * highest)
            multiple++;
        return multiple * period;
    }

    private static void WithoutSeason(ReadOnlySpan<double> t, int known, int period, Span<double> y, Scratch scratch)
    {
        var median = scratch.Take(known);
        MissingValues.CopyKnown(t, median);
        TensorPrimitives.Subtract(t, OrderStatistics.Median(median, median), y);
        var profile = scratch.Take(period);
        PhaseProfile.Of(y, period, profile, [], scratch, known);
        for (var start = 0; start < y.Length; start += period)
        {
            var cycle = y.Slice(start, Math.Min(period, y.Length - start));
            TensorPrimitives.Subtract(cycle, profile[..cycle.Length], cycle);
        }
        PeriodFinder.WinsorizeAndDetrend(y, known, scratch);
    }

    private static void AtMultiples(Span<double> y, int known, int period, Span<double> correlation, Scratch scratch)
    {
        if (known == y.Length && correlation.Length <= FewLags)
        {
            for (var k = 1; k < correlation.Length; k++)
                correlation[k] = Autocorrelation.At(y, k * period);
            return;
        }
        var all = scratch.Take((correlation.Length - 1) * period + 1);
        if (known == y.Length)
        {
            Autocorrelation.UpTo(y, all, scratch);
        }
        else
        {
            var share = scratch.Take(y.Length);
            for (var i = 0; i < y.Length; i++)
                (share[i], y[i]) = double.IsNaN(y[i]) ? (0, 0) : (1, y[i]);
            Autocorrelation.UpTo(y, share, all, scratch);
        }
        for (var k = 1; k < correlation.Length; k++)
            correlation[k] = all[k * period];
    }
}
