using System.Diagnostics.Metrics;
using AiOutliers.Service.Analysis;

namespace AiOutliers.Service;

/// <summary>What the service counts of its own work; docs/http.md says what each means.</summary>
internal sealed class ServiceMetrics
{
    public const string MeterName = "rb-aioutliers";

    private readonly Counter<long> _answers;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _anomalies;
    private readonly Histogram<double> _duration;

    public ServiceMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _answers = meter.CreateCounter<long>("aioutliers.answers", description: "Analyses answered, by detector.");
        _failures = meter.CreateCounter<long>("aioutliers.failures", description: "Analyses that failed, by stage: data, query, detection.");
        _rows = meter.CreateCounter<long>("aioutliers.rows", description: "Rows judged, by detector.");
        _anomalies = meter.CreateCounter<long>("aioutliers.anomalies", description: "Rows found anomalous, by detector.");
        _duration = meter.CreateHistogram<double>("aioutliers.analysis.duration", "s", "From the body's last byte to the answer's last, by detector.",
            advice: new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
    }

    public void Answered(AnalysisReport report, TimeSpan elapsed)
    {
        var detector = new KeyValuePair<string, object?>("detector", report.Detector);
        _answers.Add(1, detector);
        _rows.Add(report.Table.Rows, detector);
        _anomalies.Add(report.Result.AnomalyCount, detector);
        _duration.Record(elapsed.TotalSeconds, detector);
    }

    public void Failed(AnalysisStage stage) => _failures.Add(1, new KeyValuePair<string, object?>("stage", stage switch
    {
        AnalysisStage.Data => "data",
        AnalysisStage.Query => "query",
        _ => "detection",
    }));
}
