using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Attribution;

/// <summary>
/// The noise of elements: Var(A) = φ F + a² F², φ from the smallest against the largest values of all dimensions, a per dimension from
/// its largest. Each dimension is first divided by its own median ratio: a shift that it only inherits from the cause is not noise.
/// </summary>
internal static class ElementNoise
{
    /// <summary>Values of a dimension that are looked at.</summary>
    public const int Largest = 50;

    /// <summary>With fewer values a dimension has no median to speak of.</summary>
    public const int Fewest = 3;

    private const int FewestForOwn = 6;
    private const int FewestForHalf = 20;
    private const double Least = 0.05;
    private const double Most = 0.30;

    /// <returns>φ, before it is clamped to the size of events, and a per dimension.</returns>
    public static (double Overdispersion, double[] Relative) Of(CellTable cells, Cuboid[] cuboids)
    {
        var count = cells.Dimensions.Count;
        var samples = new Sample?[count];
        foreach (var cuboid in cuboids)
        {
            if (cuboid.Dimensions is [var dimension])
                samples[dimension] = Of(cells, cuboid);
        }
        if (Array.TrueForAll(samples, static sample => sample is null))
            return (0, [.. Enumerable.Repeat(Least, count)]);
        var overdispersion = Overdispersion([.. samples.OfType<Sample>()]);
        var relative = Array.ConvertAll(samples, sample => sample is { Expected.Length: >= FewestForOwn }
            ? Relative(sample, overdispersion)
            : double.NaN);
        var known = Array.FindAll(relative, static own => !double.IsNaN(own));
        var other = known.Length > 0 ? OrderStatistics.Median(known) : Least;
        return (overdispersion, Array.ConvertAll(relative, own => double.IsNaN(own) ? other : own));
    }

    /// <summary>
    /// The values with the most expected, the largest first, lower numbers first among equals; none that is folded or empty.
    /// </summary>
    public static int[] LargestOf(CellTable cells, Cuboid cuboid)
    {
        var ranking = new Ranking(cells, cuboid, Largest);
        for (var value = 0; value < cuboid.Count; value++)
            ranking.Add(value, cuboid.Expected[value]);
        return [.. ranking.Items.Where(item => item.Value > 0 && cuboid.IsListed(cells, item.Element)).Select(static item => item.Element)];
    }

    private static Sample? Of(CellTable cells, Cuboid cuboid)
    {
        var values = LargestOf(cells, cuboid);
        if (values.Length < Fewest)
            return null;
        var expected = Array.ConvertAll(values, value => cuboid.Expected[value]);
        var ratios = Array.ConvertAll(values, value => cuboid.Actual[value] / cuboid.Expected[value]);
        var median = Weighted.Median(ratios, expected);
        return median <= 0
            ? null
            : new(Array.ConvertAll(expected, value => value * median), Array.ConvertAll(ratios, ratio => Math.Abs(ratio / median - 1)));
    }

    private static double Overdispersion(Sample[] samples)
    {
        var expected = samples.SelectMany(static sample => sample.Expected).ToArray();
        var residuals = samples.SelectMany(static sample => sample.Residuals).ToArray();
        var order = Enumerable.Range(0, expected.Length).OrderByDescending(at => expected[at]).ToArray();
        (expected, residuals) = (Array.ConvertAll(order, at => expected[at]), Array.ConvertAll(order, at => residuals[at]));
        var third = Math.Max(1, expected.Length / 3);
        if (2 * third >= expected.Length)
            return 0;
        var (large, small) = (Median(expected[..third]), Median(expected[(2 * third)..]));
        if (!(small < large * 0.5))
            return 0;
        var (ofLarge, ofSmall) = (Sigma(residuals[..third]), Sigma(residuals[(2 * third)..]));
        return Math.Max(0, (ofSmall * ofSmall - ofLarge * ofLarge) / (1 / small - 1 / large));
    }

    private static double Relative(Sample sample, double overdispersion)
    {
        var least = sample.Expected.Length >= FewestForHalf ? Median([.. sample.Expected]) : 0;
        var (expected, residuals) = (new List<double>(), new List<double>());
        for (var at = 0; at < sample.Expected.Length; at++)
        {
            if (sample.Expected[at] >= least)
            {
                expected.Add(sample.Expected[at]);
                residuals.Add(sample.Residuals[at]);
            }
        }
        var sigma = Sigma([.. residuals]);
        return Math.Clamp(Math.Sqrt(Math.Max(0, sigma * sigma - overdispersion / Median([.. expected]))), Least, Most);
    }

    private static double Sigma(double[] residuals) => Median(residuals) / CellNoise.HalfNormalMedian;

    /// <summary>Reorders the values.</summary>
    private static double Median(double[] values) => OrderStatistics.Median(values);

    private sealed record Sample(double[] Expected, double[] Residuals);
}
