using AiOutliers.Detection.Detectors;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>False events a day of clean series: at 5 minutes by level; level normal by step, whole and with gaps.</summary>
internal static class LevelTable
{
    public static void Print(RealOptions options)
    {
        var clean = Enumerable.Range(options.FirstSeed, options.SeriesOr(200)).Select(static seed => Make(seed, 5, 14)).ToArray();
        foreach (var level in new[] { "quiet", "low", "normal", "high" })
        {
            Sensitivity.TryParse(level, out var sensitivity);
            FalseTally.Of(clean, sensitivity).Print($"level {level}, 5 min, 14 days", options);
        }
        var resolutions = new[] { (1, 14, 10), (5, 14, 100), (5, 28, 50), (15, 28, 50), (60, 56, 50), (1440, 364, 50) };
        foreach (var (minutes, days, series) in resolutions)
        {
            // The generator's longest step is a day's half: days are made of hours.
            var all = Enumerable.Range(options.FirstSeed, options.SeriesOr(series)).Select(seed => Make(seed, minutes, days)).ToArray();
            FalseTally.Of(all).Print($"{minutes} min, {days} days", options);
            FalseTally.Of(all.Select(static (one, i) => Gappy(one, i))).Print($"{minutes} min, {days} days, 5 % missing", options);
        }
    }

    private static RealSeries Make(int seed, int minutes, int days)
    {
        if (minutes < 1440)
            return RealSeries.Of(SuiteGenerator.Make(SuiteType.Clean, seed, days, minutes));
        var hours = SuiteGenerator.Make(SuiteType.Clean, seed, days, 60);
        var skipped = (24 - hours.Start.Hour) % 24;
        var values = hours.Values.Skip(skipped).Chunk(24)
            .Where(static day => day.Length == 24).Select(static day => day.Sum()).ToArray();
        return new($"days_{seed}", hours.Start.AddHours(skipped), TimeSpan.FromDays(1), values, new bool[values.Length]);
    }

    private static RealSeries Gappy(RealSeries series, int seed)
    {
        var random = new Random(seed);
        return series.Without(_ => random.NextDouble() < 0.05);
    }
}
