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
        MovingLevel.Remove(z, known, scratch);
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
        var peak = PeriodPeak.First(correlation, scratch);
        var period = peak == 0 ? 0 : PeriodPeak.Refined(correlation, peak);
        if (hint > 0 && correlation[hint] >= Math.Max(HintCorrelation, period < LeastPeriod ? 0 : NearPeak * correlation[period]))
            return hint;
        return period < LeastPeriod ? 0 : period;
    }
}
