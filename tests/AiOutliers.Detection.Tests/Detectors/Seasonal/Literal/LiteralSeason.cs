using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>base, sc and z of section 3 of docs/detectors/seasonal-scan-algorithm.md, line by line.</summary>
/// <param name="Base">The usual, at every point.</param>
/// <param name="Scale">sc, at every point.</param>
/// <param name="Z">One for each known value.</param>
/// <param name="Noise">σc where it counts, else 0.</param>
internal sealed record LiteralSeason(double[] Base, double[] Scale, double[] Z, double Noise)
{
    /// <param name="t">NaN where missing.</param>
    /// <param name="period">Q; 0 none.</param>
    /// <param name="countNoise">σc.</param>
    public static LiteralSeason Of(double[] t, int period, double countNoise) =>
        period > 0 ? With(t, period, countNoise) : Without(t, countNoise);

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
        var phases = Enumerable.Range(0, period);
        return ([.. phases.Select(phase => Between(medians, phase))], [.. phases.Select(phase => Between(mads, phase))]);
    }

    private static LiteralSeason With(double[] t, int period, double countNoise)
    {
        var gaps = t.Any(double.IsNaN);
        var width = period * ((20 + period - 1) / period);
        var trend = GridMedian(t, width, true, gaps ? 0.75 : 1);
        if (gaps)
            trend = Repaired(trend, t, period, width);
        LiteralEdges.Slope(trend, width);
        var usual = Profile([.. t.Select((value, i) => value - trend[i])], period).Medians;
        var baseline = trend.Select((value, i) => value + usual[i % period]).ToArray();
        var r = t.Select((value, i) => value - baseline[i]).ToArray();
        var mads = Profile(r, period).Mads;
        var whole = LiteralNumbers.Scale(r).Spread;
        var noise = whole >= countNoise / 2 ? countNoise : 0;
        var least = Math.Max(noise, 0.02 * Deviation(t));
        double Spread(double mad) => Math.Max(Math.Sqrt(0.5 * whole * whole + 0.5 * mad * mad), least);
        var scale = t.Select((_, i) => Spread(mads[i % period])).ToArray();
        return new(baseline, scale, Known(r.Select((value, i) => value / scale[i])), noise);
    }

    /// <summary>tr2, as far as the window lies in holes.</summary>
    private static double[] Repaired(double[] trend, double[] t, int period, int width)
    {
        var n = t.Length;
        var usual = Profile([.. t.Select((value, i) => value - trend[i])], period).Medians;
        var other = GridMedian([.. t.Select((value, i) => value - usual[i % period])], width, true, 0.25);
        var hole = new bool[n];
        foreach (var (start, end) in Runs(t.Select(double.IsNaN)))
            hole.AsSpan(start, end - start).Fill(end - start >= Math.Max(3, period / 24));
        var window = Math.Min(width | 1, (n - 1) | 1);
        return [.. trend.Select((value, i) =>
        {
            var start = Math.Clamp(i - window / 2, 0, n - window);
            var share = hole[start..(start + window)].Count(static missing => missing) / (0.05 * window);
            return value + Math.Min(1, share) * (other[i] - value);
        })];
    }

    private static LiteralSeason Without(double[] t, double countNoise)
    {
        var known = Known(t);
        var width = Math.Max(5, known.Length / 8) | 1;
        var level = GridMedian(known, width, true, 1);
        LiteralEdges.Line(level, known, width);
        var r = known.Select((value, i) => value - level[i]).ToArray();
        var (median, whole) = LiteralNumbers.Scale(r);
        var noise = whole >= countNoise / 2 ? countNoise : 0;
        var spread = Math.Max(Math.Max(whole, noise), 0.02 * Deviation(known));
        var at = new SortedDictionary<int, double>();
        foreach (var i in Enumerable.Range(0, t.Length).Where(i => !double.IsNaN(t[i])))
            at[i] = level[at.Count];
        double[] baseline = [.. t.Select((_, i) => Between(at, i))];
        return new(baseline, [.. t.Select(_ => spread)], [.. r.Select(value => (value - median) / spread)], noise);
    }
}
