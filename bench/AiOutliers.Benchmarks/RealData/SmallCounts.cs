namespace AiOutliers.Benchmarks.RealData;

/// <summary>Poisson counts with a day, 14 days at 5 minutes: nothing is odd. Bar: 0.02 false events a day.</summary>
internal static class SmallCounts
{
    private static readonly DateTimeOffset Start = new(2024, 9, 2, 0, 0, 0, TimeSpan.Zero);

    public static void Print(RealOptions options)
    {
        foreach (var mean in new[] { 0.2, 0.5, 1, 2, 5, 10, 30, 100 })
        {
            var series = Enumerable.Range(options.FirstSeed, options.SeriesOr(20)).Select(seed => Make(seed, mean));
            FalseTally.Of(series).Print($"Poisson, mean {mean}", options);
        }
    }

    private static RealSeries Make(int seed, double mean)
    {
        var random = new Random(seed);
        var values = new double[14 * 288];
        for (var i = 0; i < values.Length; i++)
            values[i] = Poisson(random, mean * (1 + 0.9 * Math.Sin(2 * Math.PI * i / 288 - 2)));
        return new($"poisson_{mean}_{seed}", Start, TimeSpan.FromMinutes(5), values, new bool[values.Length]);
    }

    /// <summary>Knuth's: how many uniform numbers can be multiplied before the product falls below e^(−mean).</summary>
    private static int Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }
}
