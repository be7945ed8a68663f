using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis;

/// <param name="Table">The rows that were asked for.</param>
/// <param name="Metric">The metric that the verdict is about.</param>
/// <param name="Detector">The id of the detector that ran; for a deep model <c>autoencoder</c>.</param>
/// <param name="Model">The name of the deep model, or null.</param>
/// <param name="Result">One entry per row of the table; incidents may have begun before.</param>
/// <param name="History">The rows before the table's that were judged with them.</param>
public sealed record AnalysisReport(
    MetricTable Table, string Metric, string Detector, string? Model, DetectionResult Result, HistoryReport History)
{
    /// <summary>What the user should know: of the data, of the run, of its history.</summary>
    public IEnumerable<string> Warnings => Table.Warnings.Concat(Result.Warnings).Concat(History.Warning is { } warning ? [warning] : []);
}
