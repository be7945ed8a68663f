using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>
/// Series of 14 days with one flood each, without some of their rows. Bars: the flood in 20 of 20, at most one false incident in all.
/// </summary>
internal static class GapCases
{
    public static void Print(RealOptions options)
    {
        var whole = Enumerable.Range(options.FirstSeed, options.SeriesOr(20))
            .Select(static seed => RealSeries.Of(SuiteGenerator.Make(SuiteType.Ddos, seed))).ToArray();
        foreach (var share in new[] { 0, 0.02, 0.1, 0.3 })
            FalseTally.Of(whole.Select((series, i) => Random(series, share, i))).Print($"{share:P0} of the rows missing", options);
        FalseTally.Of(whole.Select(static (series, i) => series.Without(point => point % 12 == i % 12)))
            .Print("one row an hour missing", options);
        FalseTally.Of(whole.Select(static series => series.Without(static point => point % 2 == 1)))
            .Print("every second row missing", options);
        foreach (var hours in new[] { 1, 12, 24 })
            FalseTally.Of(whole.Select((series, i) => Hole(series, hours * 12, i))).Print($"a hole of {hours} h", options);
        FalseTally.Of(whole.Select(static (series, i) => TwoHoles(series, i))).Print("two holes, one row between", options);
    }

    private static RealSeries Random(RealSeries series, double share, int seed)
    {
        var random = new Random(seed);
        return series.Without(_ => random.NextDouble() < share);
    }

    /// <summary>At some place that leaves the flood and an hour around it.</summary>
    private static RealSeries Hole(RealSeries series, int length, int seed)
    {
        var start = Start(series, length, seed);
        return series.Without(point => point >= start && point < start + length);
    }

    private static RealSeries TwoHoles(RealSeries series, int seed)
    {
        var start = Start(series, 145, seed);
        return series.Without(point => point >= start && point < start + 145 && point != start + 72);
    }

    private static int Start(RealSeries series, int length, int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            var start = random.Next(series.Values.Length - length);
            var (from, end) = (Math.Max(0, start - 12), Math.Min(series.Values.Length, start + length + 12));
            if (!series.Odd.AsSpan(from, end - from).Contains(true))
                return start;
        }
    }
}
