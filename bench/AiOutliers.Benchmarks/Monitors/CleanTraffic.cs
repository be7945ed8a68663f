using System.Globalization;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>False alarms of clean entities, and floods and outages found within two buckets; both by the state of entities.</summary>
internal static class CleanTraffic
{
    private const int Hour = Fleet.PerDay / 24;

    public static int Run(int firstSeed, int entities, int days)
    {
        var opened = new int[entities];
        Parallel.For(0, entities, i => opened[i] = Opened(firstSeed + i, days));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"clean: {opened.Sum()} alerts in {entities * days} entity-days ({1000.0 * opened.Sum() / (entities * days):0.00} in 1,000), "
            + $"minDuration 10m"));
        foreach (var type in new[] { SuiteType.Ddos, SuiteType.Outage })
        {
            var found = new bool[entities];
            Parallel.For(0, entities, i => found[i] = IsFound(type, firstSeed + i));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{type}: {found.Count(static one => one)} of {entities} found within two buckets"));
        }
        return 0;
    }

    private static int Opened(int seed, int days)
    {
        var series = Fleet.Clean(seed, Fleet.HistoryDays + days);
        var replay = new EntityReplay($"host-{seed}", series.Values);
        var known = new Dictionary<string, StoredIncident>();
        for (var bucket = EntityReplay.Layout.Buckets; bucket < series.Values.Length; bucket++)
        {
            EqualityTally.Grow(
                known, bucket, [.. replay.Judge(bucket)!.Findings.Select(static finding => finding.Incident)], TimeSpan.FromMinutes(10));
        }
        return known.Count;
    }

    /// <summary>From an hour before the disturbance, which has two weeks before it.</summary>
    private static bool IsFound(SuiteType type, int seed)
    {
        var series = Fleet.Make(type, seed, 3 * Fleet.HistoryDays);
        for (var next = 1; !HasRoom(series); next++)
            series = Fleet.Make(type, seed + next * 1_000_000, 3 * Fleet.HistoryDays);
        var start = series.Disturbances[0].Start;
        var replay = new EntityReplay($"host-{seed}", series.Values, start - Hour);
        var last = 0;
        for (var bucket = start - Hour; bucket < start + 2; bucket++)
            last = replay.Judge(bucket)!.Findings.Count > 0 ? bucket : last;
        return last >= start;
    }

    private static bool HasRoom(SuiteSeries series) =>
        series.Disturbances[0].Start >= EntityReplay.Layout.Buckets + Hour && series.Disturbances[0].Start + 2 <= series.Values.Length;
}
