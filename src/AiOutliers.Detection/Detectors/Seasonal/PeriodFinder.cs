using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>Finds the season of a series in its autocorrelation: the first peak that is nearly as high as the highest.</summary>
internal static class PeriodFinder
{
    private const int LeastPeriod = 8;
    private const int LeastPoints = 24;

    // Below 80 points the second look has too few windows to level.
    private const int LeastPointsLevelled = 80;

    // Trust in a period that the caller names: a correlation that noise alone does not reach.
    private const double HintCorrelation = 0.3;

    // With so much nothing can be clearly better, and the other lags need not be looked at.
    private const double ClearHint = 0.7;

    // Else it must come so near to the highest peak.
    private const double NearPeak = 0.8;

    // A day of a few points, or a week of days, is a season only when the caller says so.
    private const int LeastHint = 2;

    private const double LeastPeak = 0.3;
    private const double NearlyHighest = 0.85;

    /// <summary>
    /// Days, weeks, quarters of days and half weeks at the usual steps from 1 minute to 1 hour; a period this near to one is that one.
    /// </summary>
    private static readonly int[] Usual = [24, 48, 96, 144, 288, 360, 720, 1440, 168, 336, 672, 1008, 2016, 5040, 10080];

    /// <summary>The season of t in points, 0 if there is none.</summary>
    /// <param name="t">The transformed series; NaN where a value is missing.</param>
    /// <param name="known">How many values are known.</param>
    /// <param name="hint">Points per day; 0 unknown.</param>
    /// <param name="scratch">Working memory.</param>
    public static int Find(ReadOnlySpan<double> t, int known, int hint, Scratch scratch)
    {
        var n = t.Length;
        var z = scratch.Take(n);
        t.CopyTo(z);
        var period = Find(z, known, n / 3, hint, scratch);
        if ((period != 0 && period <= n / 4) || known < LeastPointsLevelled)
            return period;
        // Level changes or a changing amplitude hide the period: take both out.
        t.CopyTo(z);
        WinsorizeAndDetrend(z, known, scratch);
        if (IsFlat(z, t, known, scratch))
            return period;
        Level(z, known, scratch);
        var second = Find(z, known, n / 5, hint, scratch);
        return second > 0 ? second : period;
    }

    /// <summary>Clipped to its 2 % and 98 % quantiles, minus its line, in place. NaN stays.</summary>
    public static void WinsorizeAndDetrend(Span<double> v, int known, Scratch scratch)
    {
        var (low, high) = Robust.Quantiles(MissingValues.Known(v, known, ref scratch), 0.02, 0.98, scratch);
        if (high > low)
        {
            TensorPrimitives.Max(v, low, v);
            TensorPrimitives.Min(v, high, v);
        }
        if (known < v.Length)
            LinearTrend.RemoveFromKnown(v);
        else
            LinearTrend.Remove(v);
    }

    /// <summary>Nothing but rounding errors: they must not decide about a period.</summary>
    private static bool IsFlat(ReadOnlySpan<double> z, ReadOnlySpan<double> original, int known, Scratch scratch)
    {
        var size = Math.Abs(TensorPrimitives.MaxMagnitude(MissingValues.Known(original, known, ref scratch)));
        return Sums.StandardDeviation(MissingValues.Known(z, known, ref scratch)) < 1e-9 * Math.Max(1, size);
    }

    private static int Find(Span<double> v, int known, int longest, int hint, Scratch scratch)
    {
        if (known < LeastPoints || longest < LeastHint)
            return 0;
        hint = hint >= LeastHint && hint <= longest ? hint : 0;
        var original = scratch.Take(v.Length);
        v.CopyTo(original);
        WinsorizeAndDetrend(v, known, scratch);
        if (IsFlat(v, original, known, scratch))
            return 0;
        if (known < v.Length)
            return FindInKnown(v, longest, hint, scratch);
        if (hint > 0 && Autocorrelation.At(v, hint) >= ClearHint)
            return hint;
        var correlation = scratch.Take(longest + 1);
        Autocorrelation.UpTo(v, correlation, scratch);
        return Found(correlation, hint, scratch);
    }

    private static int FindInKnown(Span<double> v, int longest, int hint, Scratch scratch)
    {
        var known = scratch.Take(v.Length);
        for (var i = 0; i < v.Length; i++)
            (known[i], v[i]) = double.IsNaN(v[i]) ? (0, 0) : (1, v[i]);
        var correlation = scratch.Take(longest + 1);
        Autocorrelation.UpTo(v, known, correlation, scratch);
        return Found(correlation, hint, scratch);
    }

    private static int Found(ReadOnlySpan<double> correlation, int hint, Scratch scratch)
    {
        var peak = FirstHighPeak(correlation, scratch);
        var period = peak == 0 ? 0 : Refined(correlation, peak);
        if (hint > 0 && correlation[hint] >= Math.Max(HintCorrelation, period < LeastPeriod ? 0 : NearPeak * correlation[period]))
            return hint;
        return period < LeastPeriod ? 0 : period;
    }

    /// <summary>
    /// The first peak of the smoothed correlation, behind its first fall to nothing, that is nearly as high as the highest; 0 if none.
    /// </summary>
    private static int FirstHighPeak(ReadOnlySpan<double> correlation, Scratch scratch)
    {
        var longest = correlation.Length - 1;
        var fall = 0;
        while (fall <= longest && correlation[fall] >= 0.05)
            fall++;
        var start = Math.Max(4, fall);
        if (fall > longest || start >= longest - 2)
            return 0;
        var smooth = scratch.Take(correlation.Length);
        MovingWindow.Mean(correlation, Math.Max(3, (start / 8) | 1), smooth, scratch);
        var highest = double.NegativeInfinity;
        for (var k = start; k < longest - 1; k++)
        {
            if (IsPeak(smooth, k))
                highest = Math.Max(highest, smooth[k]);
        }
        if (highest < LeastPeak)
            return 0;
        for (var k = start; ; k++)
        {
            if (IsPeak(smooth, k) && smooth[k] >= NearlyHighest * highest)
                return k;
        }
    }

    private static bool IsPeak(ReadOnlySpan<double> smooth, int k) => smooth[k] >= smooth[k - 1] && smooth[k] > smooth[k + 1];

    /// <summary>A usual period within 6 %, if it correlates nearly as well; else the highest correlation within three points.</summary>
    private static int Refined(ReadOnlySpan<double> correlation, int peak)
    {
        var usual = Usual[0];
        foreach (var candidate in Usual)
        {
            if (Math.Abs(Math.Log((double)candidate / peak)) < Math.Abs(Math.Log((double)usual / peak)))
                usual = candidate;
        }
        if (Math.Abs((double)usual / peak - 1) <= 0.06 && usual < correlation.Length && correlation[usual] >= 0.8 * correlation[peak])
            return usual;
        var from = Math.Max(1, peak - 3);
        var best = TensorPrimitives.IndexOfMax(correlation[from..Math.Min(peak + 4, correlation.Length)]);
        return from + best;
    }

    /// <summary>
    /// z minus its moving mean, over its moving standard deviation, in place; no window counts as quieter than a tenth of the usual one.
    /// </summary>
    private static void Level(Span<double> z, int known, Scratch scratch)
    {
        var n = z.Length;
        var width = Math.Max(24, n / 10);
        var mean = scratch.Take(n);
        var spread = scratch.Take(n);
        var share = scratch.Take(known < n ? n : 0);
        for (var i = 0; i < share.Length; i++)
            (share[i], z[i]) = double.IsNaN(z[i]) ? (0, 0) : (1, z[i]);
        Mean(z, share, width, mean, scratch);
        TensorPrimitives.Subtract(z, mean, z);
        TensorPrimitives.Multiply(z, z, mean);
        if (known < n)
            TensorPrimitives.Multiply(mean, share, mean);
        Mean(mean, share, width, spread, scratch);
        // Differences of prefix sums: rounding can bring a mean of squares below 0.
        TensorPrimitives.Max(spread, 0, spread);
        TensorPrimitives.Sqrt(spread, spread);
        var minimum = 0.1 * Robust.Median(spread, scratch);
        for (var i = 0; i < n; i++)
        {
            var scale = Math.Max(spread[i], minimum);
            z[i] = known < n && share[i] == 0 ? double.NaN : scale > 0 ? z[i] / scale : 0;
        }
    }

    private static void Mean(ReadOnlySpan<double> x, ReadOnlySpan<double> known, int width, Span<double> result, Scratch scratch)
    {
        if (known.IsEmpty)
            MovingWindow.Mean(x, width, result, scratch);
        else
            MovingWindow.MeanOfKnown(x, known, width, result, scratch);
    }
}
