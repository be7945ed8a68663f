using System.Diagnostics.Metrics;

namespace AiOutliers.Cluster.Jobs;

/// <summary>What schedulers and workers count; docs/operations.md says what each means.</summary>
internal static class JobMetrics
{
    public const string Done = "done", Failed = "failed", HandedBack = "handed_back", Lost = "lost";
    public const string PutBack = "put_back", Parked = "parked";

    private static readonly Meter Meter = new("rb-aioutliers");
    private static readonly Counter<long> Ends = Meter.CreateCounter<long>(
        "aioutliers.jobs.attempts", description: "Attempts of this worker that ended, by result: done, failed, handed_back, lost.");
    private static readonly Counter<long> Scheduled = Meter.CreateCounter<long>(
        "aioutliers.jobs.enqueued", description: "Jobs that this scheduler put into the queue.");
    private static readonly Counter<long> RefusedJobs = Meter.CreateCounter<long>(
        "aioutliers.jobs.refused", description: "Jobs that this service did not write; they were not run.");
    private static readonly Counter<long> Orphans = Meter.CreateCounter<long>(
        "aioutliers.jobs.orphaned", description: "Jobs whose worker was gone, by what became of them: put_back, parked.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "aioutliers.jobs.duration",
        "s",
        "From taking a job to its end.",
        advice: new() { HistogramBucketBoundaries = [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600] });

    /// <summary>
    /// Counts to zero what has not happened yet, once somebody listens: of a number that begins at one, no rule sees the first.
    /// </summary>
    public static void BeginWork()
    {
        foreach (var result in new[] { Done, Failed, HandedBack, Lost })
            Ends.Add(0, new KeyValuePair<string, object?>("result", result));
        foreach (var result in new[] { PutBack, Parked })
            Orphans.Add(0, new KeyValuePair<string, object?>("result", result));
        RefusedJobs.Add(0);
    }

    /// <summary>The same for schedulers.</summary>
    public static void BeginSchedule() => Scheduled.Add(0);

    public static void Ended(string result) => Ends.Add(1, new KeyValuePair<string, object?>("result", result));

    public static void Orphaned(string result) => Orphans.Add(1, new KeyValuePair<string, object?>("result", result));

    public static void Refused() => RefusedJobs.Add(1);

    public static void Took(TimeSpan time) => Duration.Record(time.TotalSeconds);

    public static void Enqueued(int count) => Scheduled.Add(count);
}
