using System.Diagnostics.Metrics;
using AiOutliers.Cluster.Clock;
using AiOutliers.Engine.Analysis;
using AiOutliers.Models.Store;
using AiOutliers.Service.Hosting;

namespace AiOutliers.Service;

/// <summary>What the service counts of its own work; docs/operations.md says what each means.</summary>
internal sealed class ServiceMetrics
{
    public const string MeterName = "rb-aioutliers";

    private readonly Counter<long> _answers;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _anomalies;
    private readonly Histogram<double> _duration;
    private readonly Meter _meter;
    private readonly Counter<long> _history;
    private readonly Counter<long> _polls;
    private readonly Counter<long> _swaps;
    private readonly Counter<long> _dashboardRefused;
    private readonly Counter<long> _refused;
    private int _rejected;

    public ServiceMetrics(IMeterFactory factory, Admission admission, LogFile? log = null)
    {
        var meter = _meter = factory.Create(MeterName);
        NodeMetrics.WatchLog(meter, log);
        admission.Report(meter);
        _answers = meter.CreateCounter<long>("aioutliers.answers", description: "Analyses answered, by detector.");
        _failures = meter.CreateCounter<long>(
            "aioutliers.failures", description: "Analyses that failed, by stage: data, query, detection.");
        _rows = meter.CreateCounter<long>("aioutliers.rows", description: "Rows judged, by detector.");
        _anomalies = meter.CreateCounter<long>("aioutliers.anomalies", description: "Rows found anomalous, by detector.");
        _duration = meter.CreateHistogram<double>(
            "aioutliers.analysis.duration", "s", "From the body's last byte to the answer's last, by detector.",
            advice: new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        _history = meter.CreateCounter<long>(
            "aioutliers.history.answers", description: "Analyses by where the rows before came from: memory, source, none, failed.");
        _polls = meter.CreateCounter<long>("aioutliers.store.polls", description: "Looks into the model store, by result: ok, failed.");
        _swaps = meter.CreateCounter<long>("aioutliers.models.swapped", description: "Models taken over from the store, new and changed.");
        _dashboardRefused = meter.CreateCounter<long>("aioutliers.dashboard.refused", description: "Wrong keys for the job board.");
        _refused = meter.CreateCounter<long>(
            "aioutliers.access.refused", description: "Requests refused by status: 401 no valid key, 403 role too low, 429 too many.");
        meter.CreateObservableGauge("aioutliers.models.rejected", () => _rejected,
            description: "Models of the store that cannot be used; those before them stay in use.");
    }

    /// <summary>
    /// Counts to zero what has not happened yet, once somebody listens: of a number that begins at one, no rule sees the first.
    /// </summary>
    public void Begin()
    {
        foreach (var stage in Enum.GetValues<AnalysisStage>())
            _failures.Add(0, Tag(stage));
        foreach (var status in new[]
        {
            StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests,
        })
            _refused.Add(0, Tag(status));
        _dashboardRefused.Add(0);
        _swaps.Add(0);
    }

    /// <summary>Numbers that others keep, read when the metrics are.</summary>
    public void Watch(Func<int> known, Func<int> loaded, Func<int> unusable, NetworkClock clock, Func<long> cachedBytes)
    {
        _meter.CreateObservableGauge("aioutliers.history.cache", cachedBytes, "By", "What complete rows kept in memory take.");
        _meter.CreateObservableGauge("aioutliers.models.known", known, description: "Models in the model folder.");
        _meter.CreateObservableGauge("aioutliers.models.loaded", loaded, description: "Models in memory.");
        _meter.CreateObservableGauge("aioutliers.models.unusable", unusable,
            description: "Models of the folder that could not be loaded when they were asked for or replaced.");
        NodeMetrics.WatchClock(_meter, clock);
    }

    /// <param name="dependencies">By name: whether it answers; null when it is not used, or not asked yet.</param>
    public void WatchDependencies(Dictionary<string, Func<bool?>> dependencies) =>
        NodeMetrics.WatchDependencies(_meter, dependencies);

    public void DashboardRefused() => _dashboardRefused.Add(1);

    /// <param name="status">401, 403 or 429.</param>
    public void Refused(int status) => _refused.Add(1, Tag(status));

    public void Polled(SyncReport report, int rejected)
    {
        _polls.Add(1, new KeyValuePair<string, object?>("result", report.Failure is null ? "ok" : "failed"));
        _swaps.Add(report.Swapped.Count);
        _rejected = rejected;
    }

    public void Answered(AnalysisReport report, TimeSpan elapsed)
    {
        var detector = new KeyValuePair<string, object?>("detector", report.Detector);
        _answers.Add(1, detector);
        _rows.Add(report.Table.Rows, detector);
        _anomalies.Add(report.Result.AnomalyCount, detector);
        _duration.Record(elapsed.TotalSeconds, detector);
        _history.Add(1, new KeyValuePair<string, object?>("result", report.History switch
        {
            { Warning: not null } => "failed",
            { Rows: 0 } => "none",
            { Cached: true } => "memory",
            _ => "source",
        }));
    }

    /// <summary>An answer of version 2, about any number of series.</summary>
    public void AnsweredSeries(string detector, long rows, long anomalies, TimeSpan elapsed)
    {
        var tag = new KeyValuePair<string, object?>("detector", detector);
        _answers.Add(1, tag);
        _rows.Add(rows, tag);
        _anomalies.Add(anomalies, tag);
        _duration.Record(elapsed.TotalSeconds, tag);
    }

    public void Failed(AnalysisStage stage) => _failures.Add(1, Tag(stage));

    private static KeyValuePair<string, object?> Tag(int status) => new("status", status);

    private static KeyValuePair<string, object?> Tag(AnalysisStage stage) => new("stage", stage switch
    {
        AnalysisStage.Data => "data",
        AnalysisStage.Query => "query",
        _ => "detection",
    });
}
