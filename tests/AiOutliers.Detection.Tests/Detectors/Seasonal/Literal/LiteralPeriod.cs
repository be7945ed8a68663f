using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralCorrelation;
using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>Section 2 of docs/detectors/seasonal-scan-algorithm.md, line by line.</summary>
internal static class LiteralPeriod
{
    private static readonly int[] Usual = [24, 48, 96, 144, 288, 360, 720, 1440, 168, 336, 672, 1008, 2016, 5040, 10080];

    /// <summary>P.</summary>
    public static int Short(double[] t, int hint)
    {
        var n = t.Length;
        var known = Known(t).Length;
        var period = Find(t, n / 3, hint);
        if (period != 0 && period <= n / 4 || known < 80)
            return period;
        var h = WinsorizedAndDetrended(t);
        if (IsFlat(h, t))
            return period;
        var width = Math.Max(24, n / 10);
        h = [.. h.Zip(MovingMean(h, width), static (value, mean) => value - (double.IsNaN(mean) ? 0 : mean))];
        var squares = MovingMean([.. h.Select(static value => value * value)], width);
        var e = squares.Select(static square => Math.Sqrt(Math.Max(0, double.IsNaN(square) ? 0 : square))).ToArray();
        var least = 0.1 * Median(e);
        h = [.. h.Zip(e, (value, spread) => Math.Max(spread, least) > 0 ? value / Math.Max(spread, least) : value * 0)];
        var second = Find(h, n / 5, hint);
        return second > 0 ? second : period;
    }

    /// <summary>Q.</summary>
    public static int Long(double[] t, int period)
    {
        var multiples = t.Length / 3 / period;
        if (multiples < 2)
            return period;
        var median = Median(t);
        var y = t.Select(value => value - median).ToArray();
        var usual = LiteralSeason.Profile(y, period).Medians;
        y = WinsorizedAndDetrended([.. y.Select((value, i) => value - usual[i % period])]);
        var all = Autocorrelation(y, multiples * period);
        var v = Enumerable.Range(0, multiples + 1).Select(k => all[k * period]).ToArray();
        var highest = v[2..].Max();
        if (highest < 0.3 || highest <= v[1] + 0.1)
            return period;
        return period * Enumerable.Range(2, multiples - 1).First(k => v[k] >= 0.85 * highest);
    }

    private static bool IsFlat(double[] z, double[] original) => Deviation(z) < 1e-9 * Math.Max(1, Known(original).Max(Math.Abs));

    private static int Find(double[] v, int longest, int hint)
    {
        if (Known(v).Length < 24 || longest < 2)
            return 0;
        hint = hint >= 2 && hint <= longest ? hint : 0;
        var z = WinsorizedAndDetrended(v);
        if (IsFlat(z, v))
            return 0;
        var a = Autocorrelation(z, longest);
        if (hint > 0 && Known(v).Length == v.Length && a[hint] >= 0.7)
            return hint;
        var peak = FirstHighPeak(a);
        var period = peak == 0 ? 0 : Refined(a, peak);
        if (hint > 0 && a[hint] >= Math.Max(0.3, period < 8 ? 0 : 0.8 * a[period]))
            return hint;
        return period < 8 ? 0 : period;
    }

    private static int FirstHighPeak(double[] a)
    {
        var longest = a.Length - 1;
        var fall = Array.FindIndex(a, static value => value < 0.05);
        var start = Math.Max(4, fall);
        if (fall < 0 || start >= longest - 2)
            return 0;
        var s = MovingMean(a, Math.Max(3, (start / 8) | 1));
        var peaks = Enumerable.Range(start, Math.Max(0, longest - 1 - start)).Where(k => s[k] >= s[k - 1] && s[k] > s[k + 1]).ToArray();
        var highest = peaks.Length == 0 ? 0 : peaks.Max(k => s[k]);
        return highest < 0.3 ? 0 : peaks.First(k => s[k] >= 0.85 * highest);
    }

    private static int Refined(double[] a, int peak)
    {
        var usual = Usual.MinBy(candidate => Math.Abs(Math.Log((double)candidate / peak)));
        if (Math.Abs((double)usual / peak - 1) <= 0.06 && usual < a.Length && a[usual] >= 0.8 * a[peak])
            return usual;
        return Enumerable.Range(Math.Max(1, peak - 3), Math.Min(peak + 4, a.Length) - Math.Max(1, peak - 3)).MaxBy(k => a[k]);
    }
}
