using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>
/// Buckets of a day and of some hours, 84 days: one odd bucket of 2.5 times, 0.3 times or nothing of the usual. Bars: 95 % found, one false
/// row in 1,000.
/// </summary>
internal static class FewRows
{
    private const int Days = 84;

    public static void Print(RealOptions options)
    {
        foreach (var hours in new[] { 24, 12, 8, 6, 3 })
        {
            foreach (var (name, factor) in new[] { ("clean", 1.0), ("spike × 2.5", 2.5), ("drop to .3", 0.3), ("zero", 0.0) })
            {
                var series = Enumerable.Range(options.FirstSeed, options.SeriesOr(40)).Select(seed => Make(seed, hours, factor));
                FalseTally.Of(series).Print($"{hours} h, {name}", options);
            }
        }
    }

    /// <summary>Sums of hours of a clean series; a bucket after the fourth week is odd.</summary>
    private static RealSeries Make(int seed, int hours, double factor)
    {
        var clean = SuiteGenerator.Make(SuiteType.Clean, seed, Days, 60);
        var skipped = (24 - clean.Start.Hour) % 24;
        var values = clean.Values.Skip(skipped).Chunk(hours)
            .Where(bucket => bucket.Length == hours).Select(static bucket => bucket.Sum()).ToArray();
        var odd = new bool[values.Length];
        var at = values.Length / 3 + new Random(seed).Next(values.Length / 2);
        values[at] *= factor;
        odd[at] = factor != 1;
        return new($"{hours}h_{seed}", clean.Start.AddHours(skipped), TimeSpan.FromHours(hours), values, odd);
    }
}
