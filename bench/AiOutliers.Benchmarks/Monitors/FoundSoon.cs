using System.Globalization;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>Floods and outages found within two buckets by the state of entities; those that are not are printed.</summary>
internal static class FoundSoon
{
    private const int Hour = Fleet.PerDay / 24, Soon = 2;

    public static int Run(int firstSeed, int entities)
    {
        foreach (var type in new[] { SuiteType.Ddos, SuiteType.Outage })
        {
            var seen = new (int After, string Words)[entities];
            Parallel.For(0, entities, i => seen[i] = Seen(type, firstSeed + i));
            foreach (var (_, words) in seen.Where(static one => one.After > Soon))
                Console.WriteLine(words);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{type}: {seen.Count(static one => one.After <= Soon)} of {entities} found within two buckets"));
        }
        return 0;
    }

    /// <summary>From an hour before the disturbance, which has two weeks before it.</summary>
    private static (int After, string Words) Seen(SuiteType type, int seed)
    {
        var series = Fleet.Make(type, seed, 3 * Fleet.HistoryDays);
        for (var next = 1; !HasRoom(series); next++)
            series = Fleet.Make(type, seed + next * 1_000_000, 3 * Fleet.HistoryDays);
        var (values, start) = (series.Values, series.Disturbances[0].Start);
        var replay = new EntityReplay($"host-{seed}", values, start - Hour);
        var after = Hour + 1;
        for (var bucket = start - Hour; bucket < Math.Min(values.Length, start + Hour) && after > Hour; bucket++)
            after = replay.Judge(bucket)!.Findings.Count > 0 && bucket >= start ? bucket - start + 1 : after;
        return (after, Words(type, seed, values, start, series.Disturbances[0].Size, after));
    }

    private static string Words(SuiteType type, int seed, double[] values, int start, double size, int after)
    {
        var weeks = values[(start - EntityReplay.Layout.Buckets)..start];
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Fleet.Start + start * Fleet.Step);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{type} {seed} {time:ddd HH:mm}, size {size:0.000}: {(after > Hour ? "not within its hour" : $"after {after} buckets")}; "
            + $"usual {values[(start - Hour)..start].Average() / weeks.Max():0.0000} of the largest, "
            + $"smallest {weeks.Min() / weeks.Max():0.0000}, then {values[start] / weeks.Max():0.0000}, "
            + $"{values[start + 1] / weeks.Max():0.0000}");
    }

    private static bool HasRoom(SuiteSeries series) =>
        series.Disturbances[0].Start >= EntityReplay.Layout.Buckets + Hour
        && series.Disturbances[0].Start + Soon <= series.Values.Length;
}
