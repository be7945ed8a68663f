using System.Text.Json;
using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>Verdicts of one entity over some days: those of the state beside those of the whole history at the same moment.</summary>
internal sealed record EqualityTally(SuiteType Type, int Rows, int OtherRows, int Incidents, int SameIncidents, int Extra, int Whole)
{
    /// <summary>The incidents that only one of the two has.</summary>
    public IReadOnlyList<string> Differences { get; private init; } = [];

    private static readonly MonitorSpec Spec = new()
    {
        Series = new()
        {
            DataSource = "rb_flow",
            Metrics = [JsonSerializer.SerializeToElement("bytes")],
            Granularity = "PT5M",
            Step = Fleet.Step,
            By = ["host"],
        },
        Schedule = MonitorSchedule.TryParse("every 5m", out var schedule) ? schedule : null!,
        Detector = new() { Name = "seasonal-scan" },
    };

    public static EqualityTally Of(int seed, int days)
    {
        var series = Fleet.Make(seed, Fleet.HistoryDays + days);
        var replay = new EntityReplay($"host-{seed}", series.Values);
        var (rows, other, whole) = (0, 0, 0);
        Dictionary<string, StoredIncident> own = [], reference = [];
        var missed = new List<string>();
        for (var bucket = EntityReplay.Layout.Buckets; bucket < series.Values.Length; bucket++)
        {
            var verdict = replay.Judge(bucket)!;
            var expected = replay.Whole(bucket);
            rows++;
            whole += verdict.Whole;
            other += verdict.Findings.Count > 0 != expected.Count > 0 ? 1 : 0;
            if (verdict.Findings.Count == 0 && expected.Count > 0)
                missed.Add($"{bucket} {replay.Distance(bucket)}");
            Grow(own, bucket, verdict.Findings);
            Grow(reference, bucket, [.. expected.Select(static incident => new Finding(SeriesKey.None, "bytes", incident))]);
        }
        var (same, extra) = (reference.Count - Only(reference, own).Count(), Only(own, reference).Count());
        return new(series.Type, rows, other, reference.Count, same, extra, whole)
        {
            Differences =
            [
                .. Only(reference, own).Select(one => $"seed {seed} {series.Type}: only by the whole {Words(one)}"),
                .. Only(own, reference).Select(one => $"seed {seed} {series.Type}: only by the state {Words(one)}"),
                .. missed.Select(one => $"seed {seed} not seen in bucket {one}"),
            ],
        };
    }

    private static IEnumerable<StoredIncident> Only(Dictionary<string, StoredIncident> some, Dictionary<string, StoredIncident> others) =>
        some.Values.Where(one => !others.Values.Any(other => Math.Abs(other.StartedAt - one.StartedAt) <= Fleet.Step));

    private static string Words(StoredIncident one)
    {
        var (start, end, opened) = (BucketOf(one.StartedAt), BucketOf(one.EndedAt), BucketOf(one.OpenedAt));
        return FormattableString.Invariant($"{one.Kind} ({one.Alarms}) {one.Severity:0}, buckets {start} to {end}, opened at {opened}");

        static long BucketOf(long time) => (time - Fleet.Start) / Fleet.Step;
    }

    /// <summary>What becomes of a monitor's incidents with what was found in a bucket.</summary>
    public static void Grow(Dictionary<string, StoredIncident> known, int bucket, IReadOnlyList<Finding> found, TimeSpan least = default)
    {
        var window = EntityReplay.WindowOf(bucket);
        var key = new SeriesKey([new("host", "one")]);
        var result = new WindowResult
        {
            From = window.From,
            To = window.To,
            Step = Fleet.Step,
            Findings = [.. found.Select(finding => finding with { Key = key })],
            Judged = new HashSet<SeriesKey> { key },
        };
        var since = window.From - 2 * IncidentLife.ReopenMilliseconds;
        var open = known.Values.Where(one => one.ClosedAt is null || one.EndedAt >= since).ToList();
        foreach (var change in new IncidentLife("bench", 1, Spec with { MinDuration = least }, window.To).Changes(open, result))
            known[change.Incident.Id] = change.Incident;
    }
}
