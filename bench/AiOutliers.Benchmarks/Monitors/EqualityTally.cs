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
        for (var bucket = EntityReplay.Layout.Buckets; bucket < series.Values.Length; bucket++)
        {
            var verdict = replay.Judge(bucket)!;
            var expected = replay.Whole(bucket);
            rows++;
            whole += verdict.Whole;
            other += verdict.Findings.Count > 0 != expected.Count > 0 ? 1 : 0;
            Grow(own, bucket, [.. verdict.Findings.Select(static finding => finding.Incident)]);
            Grow(reference, bucket, expected);
        }
        var same = reference.Values.Count(one => own.Values.Any(mine => Math.Abs(mine.StartedAt - one.StartedAt) <= Fleet.Step));
        var extra = own.Values.Count(mine => !reference.Values.Any(one => Math.Abs(mine.StartedAt - one.StartedAt) <= Fleet.Step));
        return new(series.Type, rows, other, reference.Count, same, extra, whole);
    }

    /// <summary>What becomes of a monitor's incidents with what was found in a bucket.</summary>
    public static void Grow(Dictionary<string, StoredIncident> known, int bucket, IReadOnlyList<Incident> found, TimeSpan least = default)
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
        foreach (var change in new IncidentLife("bench", 1, Spec with { MinDuration = least }, window.To).Changes(open, result))
            known[change.Incident.Id] = change.Incident;
    }
}
