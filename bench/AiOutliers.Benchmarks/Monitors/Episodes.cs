using System.Globalization;
using AiOutliers.Detection.Incidents;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.Monitors;

internal static class Episodes
{
    public static int Run(string type, int firstSeed, int entities, int days)
    {
        var lines = new List<string>[entities];
        Parallel.For(0, entities, i => lines[i] = Of(Enum.Parse<SuiteType>(type), firstSeed + i, days));
        foreach (var line in lines.SelectMany(static l => l))
            Console.WriteLine(line);
        return 0;
    }

    private static List<string> Of(SuiteType type, int seed, int days)
    {
        var series = Fleet.Make(type, seed, Fleet.HistoryDays + days);
        var replay = new EntityReplay($"host-{seed}", series.Values);
        var result = new List<string>();
        var (first, run, gap, best, pattern) = (-1, 0, 0, 0, "");
        Incident? worst = null;
        long length = 0;
        for (var bucket = EntityReplay.Layout.Buckets; bucket < series.Values.Length; bucket++)
        {
            var found = replay.Judge(bucket)!.Findings.Select(static f => f.Incident).ToList();
            if (found.Count > 0)
            {
                if (first < 0)
                    (first, length) = (bucket, (found.Max(f => f.End) - found.Min(f => f.Start)) / Fleet.Step);
                run++;
                best = Math.Max(best, run);
                gap = 0;
                var most = found.MaxBy(static f => f.Severity)!;
                worst = worst is null || most.Severity > worst.Severity ? most : worst;
                pattern += pattern.Length < 40 ? "1" : "";
            }
            else if (first >= 0)
            {
                run = 0;
                pattern += pattern.Length < 40 ? "." : "";
                if (++gap > 12)
                {
                    result.Add(Line());
                    (first, run, gap, best, pattern, worst) = (-1, 0, 0, 0, "", null);
                }
            }
        }
        if (first >= 0)
            result.Add(Line());
        return result;

        string Line()
        {
            var d = series.Disturbances.FirstOrDefault();
            var at = d is null ? "" : string.Create(CultureInfo.InvariantCulture, $" after {first - d.Start} of {d.End - d.Start} size {d.Size:0.00}");
            return string.Create(CultureInfo.InvariantCulture,
                $"{type} {seed} b{first}{at} alarms {worst!.Alarms} kind {worst.Kind} len {length} consecutive {best} severity {worst.Severity:0} {pattern}");
        }
    }
}
