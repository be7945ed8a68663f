namespace AiOutliers.Samples.FlowCells;

/// <summary>Draws from distributions over whole numbers. A distribution is its cumulative shares.</summary>
internal static class Choice
{
    /// <summary>Shares that fall as 1 / rank^exponent.</summary>
    public static double[] Zipf(int count, double exponent) =>
        Cumulative([.. Enumerable.Range(1, count).Select(rank => Math.Pow(rank, -exponent))]);

    public static double[] Cumulative(params double[] shares)
    {
        var (sum, total) = (0.0, shares.Sum());
        return Array.ConvertAll(shares, share => (sum += share) / total);
    }

    public static int Next(this Random random, double[] cumulative) => At(cumulative, random.NextDouble());

    public static int At(double[] cumulative, double share)
    {
        var at = Array.BinarySearch(cumulative, share);
        return Math.Min(at < 0 ? ~at : at, cumulative.Length - 1);
    }

    public static double LogNormal(this Random random, double mean, double deviation) =>
        Math.Exp(mean + deviation * FlowGenerator.Normal(random));

    /// <summary>Knuth's method for small means, the rounded normal distribution for large ones.</summary>
    public static int Poisson(this Random random, double mean)
    {
        if (mean > 30)
            return (int)Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * FlowGenerator.Normal(random)));
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }
        return count;
    }

    public static int Binomial(this Random random, int count, double share)
    {
        var hits = 0;
        for (var trial = 0; trial < count; trial++)
            hits += random.NextDouble() < share ? 1 : 0;
        return hits;
    }
}
