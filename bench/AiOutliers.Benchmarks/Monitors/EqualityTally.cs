using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>Verdicts of one entity over some days: those of the state beside those of the whole history at the same moment.</summary>
internal sealed record EqualityTally(SuiteType Type, int Rows, int OtherRows, int Incidents, int SameIncidents, int Extra, int Whole)
{
    private static readonly MonitorSpec Spec = new()
    {
        Series = new() { DataSource = "rb_flow", Metrics = [], Granularity = "PT5M", Step = Fleet.Step },
        Schedule = MonitorSchedule.TryParse("every 5m", out var schedule) ? schedule : null!,
        Detector = new() { Name = "seasonal-scan" },
    };

    public static EqualityTally Of(int seed, int days)
    {
        var series = Fleet.Make(seed, Fleet.HistoryDays + days);
        var replay = new EntityReplay($"host-{seed}", series.Values);
        var (rows, other, whole) = (0, 0, 0);
        Dictionary<string, StoredIncident> own = [], reference = [];
        var refs = ReferenceCache.Of(seed, days, () => [.. Enumerable.Range(EntityReplay.Layout.Buckets, days * Fleet.PerDay).Select(b => replay.Whole(b).ToList())]);
        var log = Environment.GetEnvironmentVariable("ENTLOG") is not null;
        for (var bucket = EntityReplay.Layout.Buckets; bucket < series.Values.Length; bucket++)
        {
            var verdict = replay.Judge(bucket)!;
            var expected = refs[bucket - EntityReplay.Layout.Buckets];
            if (log && verdict.Findings.Count > 0 != expected.Count > 0)
                Console.WriteLine($"{series.Type} {seed} bucket {bucket} own {verdict.Findings.Count} ref {string.Join(";", expected.Select(e => $"{e.Kind} {e.Alarms} sev {e.Severity:0} start {(e.Start - Fleet.Start) / Fleet.Step} end {(e.End - Fleet.Start) / Fleet.Step}"))} whole {verdict.Whole} disturb {string.Join(",", series.Disturbances.Select(d => $"{d.Start}-{d.End}"))}");
            rows++;
            whole += verdict.Whole;
            other += verdict.Findings.Count > 0 != expected.Count > 0 ? 1 : 0;
            Grow(own, bucket, [.. verdict.Findings.Select(static finding => finding.Incident)]);
            Grow(reference, bucket, expected);
        }
        if (log)
        {
            long B(long t) => (t - Fleet.Start) / Fleet.Step;
            foreach (var one in reference.Values)
                Console.WriteLine($"REF {series.Type} {seed} {B(one.StartedAt)}-{B(one.EndedAt)} opened {B(one.OpenedAt)} {one.Kind} {one.Alarms} sev {one.Severity:0} own: {string.Join(",", own.Values.Where(m => m.EndedAt > one.StartedAt - 60 * Fleet.Step && m.StartedAt < one.EndedAt + 60 * Fleet.Step).Select(m => $"{B(m.StartedAt)}-{B(m.EndedAt)} opened {B(m.OpenedAt)}"))}");
        }
        var same = reference.Values.Count(one => own.Values.Any(mine => Math.Abs(mine.StartedAt - one.StartedAt) <= Fleet.Step));
        var extra = own.Values.Count(mine => !reference.Values.Any(one => Math.Abs(mine.StartedAt - one.StartedAt) <= Fleet.Step));
        return new(series.Type, rows, other, reference.Count, same, extra, whole);
    }

    private static void Grow(Dictionary<string, StoredIncident> known, int bucket, IReadOnlyList<Incident> found)
    {
        var window = EntityReplay.WindowOf(bucket);
        var key = new SeriesKey([new("host", "one")]);
        var result = new WindowResult
        {
            From = window.From,
            To = window.To,
            Step = Fleet.Step,
            Findings = [.. found.Select(incident => new Finding(key, "bytes", incident))],
            Judged = new HashSet<SeriesKey> { key },
        };
        var since = window.From - 2 * IncidentLife.ReopenMilliseconds;
        var open = known.Values.Where(one => one.ClosedAt is null || one.EndedAt >= since).ToList();
        foreach (var change in new IncidentLife("bench", 1, Spec, window.To).Changes(open, result))
            known[change.Incident.Id] = change.Incident;
    }
}
