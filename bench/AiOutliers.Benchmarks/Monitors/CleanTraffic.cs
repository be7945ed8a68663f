using System.Globalization;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>False alarms of clean entities by the state of entities, each printed with what it was.</summary>
internal static class CleanTraffic
{
    public static int Run(int firstSeed, int entities, int days)
    {
        var opened = new IReadOnlyList<string>[entities];
        Parallel.For(0, entities, i => opened[i] = Opened(firstSeed + i, days));
        foreach (var alert in opened.SelectMany(static alerts => alerts))
            Console.WriteLine(alert);
        var count = opened.Sum(static alerts => alerts.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"clean: {count} alerts in {entities * days} entity-days ({1000.0 * count / (entities * days):0.00} in 1,000), "
            + $"minDuration 10m"));
        return 0;
    }

    private static List<string> Opened(int seed, int days)
    {
        var series = Fleet.Clean(seed, Fleet.HistoryDays + days);
        var replay = new EntityReplay($"host-{seed}", series.Values);
        var known = new Dictionary<string, StoredIncident>();
        var (alerts, lasted) = (new List<StoredIncident>(), new Dictionary<string, int>());
        for (var bucket = EntityReplay.Layout.Buckets; bucket < series.Values.Length; bucket++)
        {
            var found = replay.Judge(bucket)!.Findings;
            EqualityTally.Grow(known, bucket, found, TimeSpan.FromMinutes(10));
            alerts.AddRange(known.Values.Where(one => one.OpenedAt == EntityReplay.WindowOf(bucket).To && lasted.TryAdd(one.Id, 0)));
            foreach (var one in alerts.Where(one => known[one.Id].ClosedAt is null && found.Count > 0))
                lasted[one.Id]++;
        }
        return [.. alerts.Select(one => Words(seed, series.Values, one, lasted[one.Id]))];
    }

    private static string Words(int seed, double[] values, StoredIncident one, int lasted)
    {
        var (start, seen) = ((one.StartedAt - Fleet.Start) / Fleet.Step, (one.OpenedAt - Fleet.Start) / Fleet.Step - 1);
        var usual = values[Math.Max(0, (int)seen - Fleet.HistoryDays * Fleet.PerDay)..(int)seen].Max();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed} {DateTimeOffset.FromUnixTimeMilliseconds(one.OpenedAt):ddd HH:mm}: {one.Kind} ({one.Alarms}) "
            + $"severity {one.Severity:0}, found {seen - start + 1} buckets after its begin, for {lasted} buckets; "
            + $"{one.PeakValue / usual:0.000} where {one.PeakExpected / usual:0.000} was expected; {one.Reason}");
    }
}
