using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>l, a and the daily jobs of section 3 of docs/detectors/seasonal-scan-algorithm.md, line by line.</summary>
internal static class LiteralViews
{
    public static double[] Local(double[] r, double eps)
    {
        var middle = MovingMedian(r, 121);
        var d = 2 * Math.Max(LiteralNumbers.Scale(r.Select((value, i) => value - middle[i])).Spread, eps);
        LiteralEdges.Line(middle, r, 121, d);
        var u = r.Select((value, i) => value - middle[i]).ToArray();
        var spread = Math.Max(LiteralNumbers.Scale(u).Spread, eps);
        return [.. u.Select(value => value / spread)];
    }

    /// <param name="t">The known values.</param>
    /// <param name="local">l, which it is where there are too few values for a filter.</param>
    /// <param name="eps">The least scale.</param>
    public static double[] Autoregressive(double[] t, double[] local, double eps)
    {
        var (n, p) = (t.Length, Math.Min(24, t.Length / 10));
        if (p == 0)
            return local;
        var m7 = MovingMedian(t, 7);
        var limit = 4 * LiteralNumbers.Scale(t.Select((value, i) => value - m7[i])).Spread;
        var y = t.Select((value, i) => Math.Abs(value - m7[i]) > limit ? m7[i] : value).ToArray();
        var filter = Filter(y, p);
        var (median, mean) = (Median(y), y.Average());
        double At(int i) => t[Math.Clamp(i, 0, n - 1)] - median;
        var errors = t.Select((_, i) =>
        {
            var forward = filter.Select((weight, j) => weight * At(i - j)).Sum();
            var backward = filter.Select((weight, j) => weight * At(i + j)).Sum();
            return Math.Abs(forward) <= Math.Abs(backward) ? forward : backward;
        }).ToArray();
        for (var i = n - Math.Min(3, n - p); i < n; i++)
            errors[i] = t[i] - mean + Enumerable.Range(1, p).Sum(j => filter[j] * (y[i - j] - mean));
        var spread = Math.Max(LiteralNumbers.Scale(errors).Spread, eps);
        return OverLocalScale([.. errors.Select(error => error / spread)]);
    }

    private static double[] OverLocalScale(double[] a)
    {
        var sizes = GridMedian([.. a.Select(Math.Abs)], Math.Max(101, a.Length / 20), false, 1);
        var s = sizes.Select(static value => 1.4826 * value).ToArray();
        var h = Quantile(s, 0.9) / Math.Max(Quantile(s, 0.1), 1e-9);
        var mix = h > 10 ? 0 : 0.9 * Math.Clamp(h - 1.5, 0, 1);
        var g = LiteralNumbers.Scale(a).Spread;
        double Scale(double here) => Math.Sqrt(mix * Math.Pow(Math.Max(here, 0.25 * g), 2) + (1 - mix) * g * g);
        return mix <= 0 ? a : [.. a.Select((value, i) => value * g / Scale(s[i]))];
    }

    /// <summary>Yule and Walker, by Levinson's recursion.</summary>
    private static double[] Filter(double[] y, int order)
    {
        var mean = y.Average();
        double Moment(int lag) => Enumerable.Range(0, y.Length - lag).Sum(i => (y[i] - mean) * (y[i + lag] - mean)) / y.Length;
        var r = Enumerable.Range(0, order + 1).Select(Moment).ToArray();
        r[0] *= 1.001;
        var a = new double[order + 1];
        a[0] = 1;
        var error = r[0];
        for (var k = 1; k <= order && error > 1e-12 * r[0]; k++)
        {
            var reflection = -Enumerable.Range(0, k).Sum(j => a[j] * r[k - j]) / error;
            a = [.. a.Select((value, j) => j >= 1 && j <= k ? value + reflection * a[k - j] : value)];
            error *= 1 - reflection * reflection;
        }
        return a;
    }

    /// <summary>Daily jobs.</summary>
    /// <param name="view">z, l or a.</param>
    /// <param name="places">The points of its values.</param>
    /// <param name="hint">Points per day.</param>
    public static double[] WithoutJobs(double[] view, int[] places, int hint)
    {
        if (hint < 2 || places[^1] - places[0] < 4 * hint)
            return view;
        var result = view.ToArray();
        foreach (var phase in Enumerable.Range(0, view.Length).GroupBy(i => places[i] % hint))
        {
            var values = phase.Select(i => view[i]).ToArray();
            var usual = Median(values);
            var odd = values.Count(static value => Math.Abs(value) > 4);
            if (values.Length < 4 || 2 * odd <= values.Length || Math.Abs(usual) <= 4)
                continue;
            var isNews = values.Count(value => value / usual < 0.5) <= Math.Max(1, values.Length / 10);
            foreach (var i in phase.Where(i => isNews || view[i] / usual >= 0.5))
                result[i] -= usual;
        }
        return result;
    }
}
