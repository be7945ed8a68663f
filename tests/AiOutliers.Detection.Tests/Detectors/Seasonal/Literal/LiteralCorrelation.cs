using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>winsor, detrend and acf of docs/detectors/seasonal-scan-algorithm.md, line by line. NaN is missing.</summary>
internal static class LiteralCorrelation
{
    /// <summary>winsor, then detrend.</summary>
    public static double[] WinsorizedAndDetrended(double[] v)
    {
        var (low, high) = (Quantile(v, 0.02), Quantile(v, 0.98));
        var clipped = high > low ? [.. v.Select(value => Math.Min(Math.Max(value, low), high))] : v;
        var points = clipped.Index().Where(static point => !double.IsNaN(point.Item)).ToArray();
        var (centre, mean) = (points.Average(static point => (double)point.Index), points.Average(static point => point.Item));
        var slope = points.Sum(point => (point.Index - centre) * (point.Item - mean))
            / points.Sum(point => (point.Index - centre) * (point.Index - centre));
        return [.. clipped.Select((value, i) => value - mean - slope * (i - centre))];
    }

    /// <summary>acf at the lags 0..lags, over the pairs that are known.</summary>
    public static double[] Autocorrelation(double[] z, int lags)
    {
        var n = z.Length;
        var whole = Known(z).Sum(static value => value * value) / Known(z).Length;
        var result = new double[lags + 1];
        for (var k = 0; k <= lags; k++)
        {
            var (first, second) = (Known(z[..(n - k)]), Known(z[k..]));
            var pairs = Known(Enumerable.Range(0, n - k).Select(i => z[i] * z[i + k]));
            if (Known(z).Length < n && pairs.Length < Math.Max(1, 0.1 * (n - k)))
            {
                result[k] = k > 0 ? result[k - 1] : 1;
                continue;
            }
            var (mean1, mean2) = (first.Average(), second.Average());
            double Variance(double[] of, double mean) => of.Average(static value => value * value) - mean * mean;
            var variances = Variance(first, mean1) * Variance(second, mean2);
            // 1e-12·total² of n values, where the sums are not means.
            var flat = Known(z).Length < n ? 1e-12 * whole * whole : 1e-12 * whole * whole * n * n / ((double)(n - k) * (n - k));
            var denominator = Math.Max(variances, 0) + flat;
            result[k] = denominator > 0 ? (pairs.Average() - mean1 * mean2) / Math.Sqrt(denominator) : 0;
        }
        return result;
    }
}
