using System.Globalization;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>
/// Live use: a window of 14 days that ends now, judged after every bucket of 14 days. Bars: 0.02 false episodes a day; 1 % of the rows
/// change their verdict after the documented number of buckets.
/// </summary>
internal static class LiveRuns
{
    private const int PerDay = 288;
    private const int Window = 14 * PerDay;

    /// <summary>Buckets after which a verdict is final, as docs/detectors/seasonal-scan.md has it.</summary>
    private static readonly int[] Delays = [0, 12, 36, 72, 144, 288];

    public static void Print(RealOptions options)
    {
        Print("samples", RealSeries.Samples(), options);
        var clean = Enumerable.Range(options.FirstSeed, options.SeriesOr(40))
            .Select(static seed => RealSeries.Of(SuiteGenerator.Make(SuiteType.Clean, seed, 28)));
        Print("clean", [.. clean], options);
    }

    private static void Print(string name, RealSeries[] all, RealOptions options)
    {
        var runs = new LiveTally[all.Length];
        // Every n-th bucket only, where fewer series are wanted for a quick look.
        var hop = options.Series > 0 ? 6 : 1;
        Parallel.For(0, all.Length, i => runs[i] = LiveTally.Of(all[i], Window, hop, Delays));
        var days = runs.Sum(static run => run.Days);
        Console.WriteLine(FormattableString.Invariant($"{name}: {all.Length} series, {days:F0} days, every {hop * 5} minutes"));
        var (episodes, rows) = (runs.Sum(static run => run.Episodes.Count), runs.Sum(static run => run.Rows));
        Console.WriteLine(FormattableString.Invariant($"  false episodes {episodes} ({episodes / days:F4} a day)"));
        var flagged = runs.Sum(static run => run.EverFlagged);
        for (var d = 0; d < Delays.Length; d++)
        {
            var (changed, ordinary) = (runs.Sum(run => run.Changed[d]), runs.Sum(run => run.ChangedOrdinary[d]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  change after {Delays[d]} buckets: {changed} of {rows} rows ({100.0 * changed / rows:F3} %), "
                + $"{ordinary} of them ordinary, of {flagged} ever flagged"));
        }
        foreach (var episode in runs.SelectMany(static run => run.Episodes).Take(options.Details ? 100 : 0))
            Console.WriteLine($"    {episode}");
    }
}
