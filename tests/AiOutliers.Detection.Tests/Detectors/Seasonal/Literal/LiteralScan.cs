using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>
/// Sections 1 to 4 of docs/detectors/seasonal-scan-algorithm.md, line by line, for a series that has no long outage: slow, and the makers of the golden
/// numbers.
/// </summary>
internal sealed class LiteralScan
{
    public int Period { get; private init; }

    public int LongPeriod { get; private init; }

    public double[] Seasonal { get; private init; } = [];

    public double[] Local { get; private init; } = [];

    public double[] Autoregressive { get; private init; } = [];

    public double[] Point { get; private init; } = [];

    public double[] Wide { get; private init; } = [];

    public double[] Range { get; private init; } = [];

    public double[] Expected { get; private init; } = [];

    public double[] Lower { get; private init; } = [];

    public double[] Upper { get; private init; } = [];

    /// <param name="values">NaN where missing; not flat, and at least eight known.</param>
    /// <param name="hint">Points per day; 0 unknown.</param>
    public static LiteralScan Of(double[] values, int hint)
    {
        var places = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).ToArray();
        var x = Known(values);
        var isRoot = x.Min() >= 0;
        var median = Median(x.Where(static value => value != 0).Select(Math.Abs));
        var unit = isRoot ? median : Math.ScaleB(1, Math.ILogB(median));
        var one = x.Where(static value => value > 0).DefaultIfEmpty(1).Min();
        var areCounts = x.All(value => value / one == Math.Round(value / one));
        var isLogarithm = isRoot && hint is > 0 and <= 8 && (!areCounts || one <= 0.01 * unit);
        double Transform(double value) => isLogarithm ? Math.Log(value / unit + 0.02) : isRoot ? Math.Sqrt(value / unit) : value / unit;
        double Inverse(double t) => unit * (isLogarithm ? Math.Max(Math.Exp(t) - 0.02, 0) : isRoot ? Math.Max(t, 0) * Math.Max(t, 0) : t);
        var t = values.Select(Transform).ToArray();
        var known = Known(t);
        var countNoise = isRoot && !isLogarithm && areCounts ? 0.5 * Math.Sqrt(one / unit) : 0;

        var period = LiteralPeriod.Short(t, hint);
        var longPeriod = period == 0 ? 0 : LiteralPeriod.Long(t, period);
        var deviation = Deviation(known);
        var (baseline, scale, z, noise) = longPeriod > 0 ? WithSeason(t, longPeriod, deviation, countNoise) : WithoutSeason(t, deviation, countNoise);
        var residual = Known(t.Select((value, i) => value - baseline[i]));
        var least = Math.Max(Math.Max(noise, 0.005 * deviation), 1e-9 * known.Max(Math.Abs));
        var l = LocalView(residual, least);
        var a = AutoregressiveView(known, l, least);
        if (hint >= 2 && places[^1] - places[0] >= 4 * hint)
            (z, l, a) = (WithoutJobs(z, places, hint), WithoutJobs(l, places, hint), WithoutJobs(a, places, hint));
        var units = x.Select(value => value / unit).ToArray();
        var g = units.Select(value => (value - units.Average()) / Deviation(units)).ToArray();

        var n = known.Length;
        var sharp = z.Select((_, i) => (z[i] * z[i] + l[i] * l[i] + a[i] * a[i]) / 3).ToArray();
        var point = Shaped(Scan(sharp, Math.Min(24, Math.Max(Math.Clamp(n / 8, 1, 8), n / 150)), 0.4, false), sharp);
        var wide = Scan([.. z.Select((_, i) => (g[i] * g[i] + z[i] * z[i]) / 2)], Math.Max(1, n / 30), 0.5, true);
        var pedestal = Math.Max(4, Quantile(point, 0.95));
        return new()
        {
            Period = period,
            LongPeriod = longPeriod,
            Seasonal = z,
            Local = l,
            Autoregressive = a,
            Point = point,
            Wide = wide,
            Range = [.. point.Select((value, i) => Math.Max(value - pedestal, 0) + wide[i] / (wide[i] + 10))],
            Expected = [.. baseline.Select(Inverse)],
            Lower = [.. baseline.Select((value, i) => Inverse(value - 4 * scale[i]))],
            Upper = [.. baseline.Select((value, i) => Inverse(value + 4 * scale[i]))],
        };
    }

    /// <summary>phase(y, P).</summary>
    public static (double[] Medians, double[] Mads) Profile(double[] y, int period)
    {
        var wanted = Math.Ceiling(Math.Max(0, (15.0 * period / Known(y).Length - 1) / 2));
        var k = (int)Math.Min(wanted, period / 40);
        var (medians, mads) = (new SortedDictionary<int, double>(), new SortedDictionary<int, double>());
        for (var phase = 0; phase < period; phase++)
        {
            var near = Enumerable.Range(-k, 2 * k + 1).Select(offset => (phase + offset + period) % period).ToHashSet();
            var values = Known(y.Where((_, i) => near.Contains(i % period)));
            // Three rounds of the period: the line between known phases goes around its end.
            for (var round = -1; values.Length > 0 && round <= 1; round++)
                (medians[phase + round * period], mads[phase + round * period]) = (Median(values), Mad(values));
        }
        return ([.. Enumerable.Range(0, period).Select(phase => Between(medians, phase))], [.. Enumerable.Range(0, period).Select(phase => Between(mads, phase))]);
    }

    private static (double[] Baseline, double[] Scale, double[] Z, double Noise) WithSeason(double[] t, int period, double deviation, double countNoise)
    {
        var gaps = t.Any(double.IsNaN);
        var width = period * ((20 + period - 1) / period);
        var trend = GridMedian(t, width, true, gaps ? 0.75 : 1);
        if (gaps)
            trend = Repaired(trend, t, period, width);
        EdgeSlope(trend, width);
        var usual = Profile([.. t.Select((value, i) => value - trend[i])], period).Medians;
        var baseline = trend.Select((value, i) => value + usual[i % period]).ToArray();
        var rest = t.Select((value, i) => value - baseline[i]).ToArray();
        var mads = Profile(rest, period).Mads;
        var whole = LiteralNumbers.Scale(rest).Spread;
        var noise = whole >= countNoise / 2 ? countNoise : 0;
        var scale = t.Select((_, i) => Math.Max(Math.Sqrt(0.5 * whole * whole + 0.5 * mads[i % period] * mads[i % period]), Math.Max(noise, 0.02 * deviation))).ToArray();
        return (baseline, scale, Known(rest.Select((value, i) => value / scale[i])), noise);
    }

    private static double[] Repaired(double[] trend, double[] t, int period, int width)
    {
        var n = t.Length;
        var usual = Profile([.. t.Select((value, i) => value - trend[i])], period).Medians;
        var other = GridMedian([.. t.Select((value, i) => value - usual[i % period])], width, true, 0.25);
        var hole = new bool[n];
        for (var (start, end) = (0, 0); start < n; start = end + 1)
        {
            for (end = start; end < n && double.IsNaN(t[end]);)
                end++;
            if (end - start >= Math.Max(3, period / 24))
                hole.AsSpan(start, end - start).Fill(true);
        }
        var window = Math.Min(width | 1, (n - 1) | 1);
        return [.. trend.Select((value, i) =>
        {
            var start = Math.Clamp(i - window / 2, 0, n - window);
            return value + Math.Min(1, hole[start..(start + window)].Count(static missing => missing) / (0.05 * window)) * (other[i] - value);
        })];
    }

    private static (double[] Baseline, double[] Scale, double[] Z, double Noise) WithoutSeason(double[] t, double deviation, double countNoise)
    {
        var known = Known(t);
        var width = Math.Max(5, known.Length / 8) | 1;
        var level = GridMedian(known, width, true, 1);
        EdgeLine(level, known, width);
        var (median, whole) = LiteralNumbers.Scale(known.Select((value, i) => value - level[i]));
        var noise = whole >= countNoise / 2 ? countNoise : 0;
        var spread = Math.Max(Math.Max(whole, noise), 0.02 * deviation);
        var at = new SortedDictionary<int, double>();
        foreach (var i in Enumerable.Range(0, t.Length).Where(i => !double.IsNaN(t[i])))
            at[i] = level[at.Count];
        return ([.. t.Select((_, i) => Between(at, i))], [.. t.Select(_ => spread)], [.. known.Select((value, i) => (value - level[i] - median) / spread)], noise);
    }

    private static void EdgeSlope(double[] trend, int period)
    {
        var (n, h) = (trend.Length, period / 2);
        if (n < h + 3 * period + 1)
            return;
        double Slope(int at, int hop)
        {
            var (a, b) = ((trend[at + hop] - trend[at]) / hop, (trend[at + 2 * hop] - trend[at + hop]) / hop);
            return a * b <= 0 ? 0 : Math.Abs(a) <= Math.Abs(b) ? a : b;
        }
        var (left, right) = (Slope(h, period), Slope(n - 1 - h, -period));
        for (var i = 0; i < h; i++)
            (trend[i], trend[n - 1 - i]) = (trend[h] + left * (i - h), trend[n - 1 - h] + right * (h - i));
    }

    private static void EdgeLine(double[] o, double[] v, int width, double rise = double.PositiveInfinity)
    {
        var (n, h) = (v.Length, width / 2);
        if (n < width || h < 2)
            return;
        foreach (var first in new[] { 0, n - width })
        {
            var window = v[first..(first + width)];
            var slope = (Median(window[^(h + 1)..]) - Median(window[..(h + 1)])) / (width - h - 1);
            slope = Math.Clamp(slope, -rise / h, rise / h);
            var level = Median(window.Select((value, j) => value - slope * (j - h)));
            for (var j = first == 0 ? 0 : width - h; j < (first == 0 ? h : width); j++)
                o[first + j] = level + slope * (j - h);
        }
    }

    private static double[] LocalView(double[] residual, double least)
    {
        var middle = MovingMedian(residual, 121);
        var rise = 2 * Math.Max(LiteralNumbers.Scale(residual.Select((value, i) => value - middle[i])).Spread, least);
        EdgeLine(middle, residual, 121, rise);
        var u = residual.Select((value, i) => value - middle[i]).ToArray();
        return [.. u.Select(value => value / Math.Max(LiteralNumbers.Scale(u).Spread, least))];
    }

    private static double[] AutoregressiveView(double[] t, double[] local, double least)
    {
        var (n, p) = (t.Length, Math.Min(24, t.Length / 10));
        if (p == 0)
            return [.. local];
        var m7 = MovingMedian(t, 7);
        var limit = 4 * LiteralNumbers.Scale(t.Select((value, i) => value - m7[i])).Spread;
        var y = t.Select((value, i) => Math.Abs(value - m7[i]) > limit ? m7[i] : value).ToArray();
        var filter = Filter(y, p);
        var median = Median(y);
        double At(int i) => t[Math.Clamp(i, 0, n - 1)] - median;
        var errors = t.Select((_, i) =>
        {
            var (forward, backward) = (0.0, 0.0);
            for (var j = 0; j <= p; j++)
                (forward, backward) = (forward + filter[j] * At(i - j), backward + filter[j] * At(i + j));
            return Math.Abs(forward) <= Math.Abs(backward) ? forward : backward;
        }).ToArray();
        var mean = y.Average();
        for (var i = n - Math.Min(3, n - p); i < n; i++)
            errors[i] = t[i] - mean + Enumerable.Range(1, p).Sum(j => filter[j] * (y[i - j] - mean));
        var spread = Math.Max(LiteralNumbers.Scale(errors).Spread, least);
        var a = errors.Select(error => error / spread).ToArray();
        var s = GridMedian([.. a.Select(Math.Abs)], Math.Max(101, n / 20), false, 1).Select(static value => 1.4826 * value).ToArray();
        var h = Quantile(s, 0.9) / Math.Max(Quantile(s, 0.1), 1e-9);
        var mix = h > 10 ? 0 : 0.9 * Math.Clamp(h - 1.5, 0, 1);
        var g = LiteralNumbers.Scale(a).Spread;
        return mix <= 0 ? a : [.. a.Select((value, i) => value * g / Math.Sqrt(mix * Math.Pow(Math.Max(s[i], 0.25 * g), 2) + (1 - mix) * g * g))];
    }

    /// <summary>Yule and Walker, by Levinson's recursion.</summary>
    private static double[] Filter(double[] y, int order)
    {
        var mean = y.Average();
        var r = Enumerable.Range(0, order + 1).Select(lag => Enumerable.Range(0, y.Length - lag).Sum(i => (y[i] - mean) * (y[i + lag] - mean)) / y.Length).ToArray();
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

    private static double[] WithoutJobs(double[] view, int[] places, int perDay)
    {
        var result = view.ToArray();
        foreach (var phase in Enumerable.Range(0, view.Length).GroupBy(i => places[i] % perDay))
        {
            var values = phase.Select(i => view[i]).ToArray();
            var usual = Median(values);
            if (values.Length < 4 || 2 * values.Count(static value => Math.Abs(value) > 4) <= values.Length || Math.Abs(usual) <= 4)
                continue;
            var isNews = values.Count(value => value / usual < 0.5) <= Math.Max(1, values.Length / 10);
            foreach (var i in phase.Where(i => isNews || view[i] / usual >= 0.5))
                result[i] -= usual;
        }
        return result;
    }

    private static double[] Scan(double[] energy, double longest, double alpha, bool dilate)
    {
        var k = (int)Math.Ceiling(Math.Log2(longest));
        var widths = Enumerable.Range(0, k + 1).Select(i => (int)Math.Round(Math.Pow(longest, k == 0 ? 0 : (double)i / k))).Distinct();
        var best = new double[energy.Length];
        foreach (var width in widths)
        {
            var mean = MovingMean(energy, width);
            var q = mean.Select((value, i) => (value - 1) * Math.Pow(Window(energy, i - width / 2, i + width - width / 2).Length, alpha)).ToArray();
            q = dilate && width > 1 ? MovingMax(q, width) : q;
            best = [.. best.Zip(q, Math.Max)];
        }
        return [.. best.Select(Math.Sqrt)];
    }

    /// <summary>Rows of one event share its peak.</summary>
    private static double[] Shaped(double[] point, double[] energy)
    {
        var result = point.ToArray();
        for (var start = 0; start < point.Length; start++)
        {
            var end = start;
            while (end < point.Length && point[end] > 4)
                end++;
            Shape(point, energy, start, end, result);
            start = end;
        }
        return result;
    }

    private static void Shape(double[] point, double[] energy, int start, int end, double[] result)
    {
        if (end <= start)
            return;
        var peak = Enumerable.Range(start, end - start).MaxBy(i => point[i]);
        var (from, after) = (peak, peak + 1);
        while (from > start && 2 * point[from - 1] >= point[peak])
            from--;
        while (after < end && 2 * point[after] >= point[peak])
            after++;
        var odd = Enumerable.Range(from, after - from).Where(i => energy[i] > 9).ToArray();
        if (odd.Length > 0)
            result.AsSpan(odd[0], odd[^1] - odd[0] + 1).Fill(point[peak]);
        Shape(point, energy, start, from, result);
        Shape(point, energy, after, end, result);
    }
}
