using System.Collections.ObjectModel;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Explanation;

namespace AiOutliers.Engine.Analysis;

/// <summary>What was found in several metrics of the same rows, each judged by itself by the same detector.</summary>
/// <param name="Reports">One per metric, at least one, in the order in which they were asked for.</param>
public sealed record JointReport(IReadOnlyList<AnalysisReport> Reports)
{
    /// <summary>All rows that were judged, with what is known of their buckets: those that were asked for, and those before.</summary>
    public required MetricTable Judged { get; init; }

    /// <summary>Causes by the id of the incident that they explain; empty where none were asked for.</summary>
    public IReadOnlyDictionary<string, ExplanationReport> Causes { get; init; } = ReadOnlyDictionary<string, ExplanationReport>.Empty;

    /// <summary>How long the detector took, over all metrics.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The rows that were asked for.</summary>
    public MetricTable Table => Reports[0].Table;

    /// <summary>The id of the detector.</summary>
    public string Detector => Reports[0].Detector;

    /// <summary>The rows before the table's.</summary>
    public HistoryReport History => Reports[0].History;

    /// <summary>What shows in several metrics at once is one incident.</summary>
    public IReadOnlyList<JointIncident> Incidents => field ??= JointIncidents.Merge(
        [.. Reports.SelectMany(static report => report.Result.Incidents.Select(incident => new MetricIncident(report.Metric, incident)))],
        Reports[0].Table.StepMilliseconds);

    /// <summary>Each once: the data's are those of every metric.</summary>
    public IEnumerable<string> Warnings => Reports.SelectMany(static report => report.Warnings).Distinct();
}
