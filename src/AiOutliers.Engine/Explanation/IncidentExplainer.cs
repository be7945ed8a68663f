using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.Explanation;

/// <summary>Finds the causes of the incidents of reports. What cannot be explained says why, and stops nothing.</summary>
/// <param name="explainer">Asks the data source.</param>
/// <param name="traffic">The metrics that a model judges.</param>
/// <param name="dimensions">The dimensions to look into; empty takes the configured ones.</param>
/// <param name="top">The most elements of an incident.</param>
public sealed class IncidentExplainer(
    Explainer explainer, TrafficSchema traffic, IReadOnlyList<string> dimensions, int top = ExplanationRequest.UsualTop)
{
    /// <summary>Each takes some ten queries.</summary>
    public const int MostOfSeries = 5, MostOfAll = 50;

    private int _left = MostOfAll;

    /// <summary>Whose clock earlier weeks keep to; null takes that of the query's granularity, or the configured one.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>How many incidents were left out because there are too many.</summary>
    public int LeftOut { get; private set; }

    /// <param name="report">What was found.</param>
    /// <param name="query">Where the rows came from.</param>
    /// <param name="key">Which of the query's series it is.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<JointReport> ExplainAsync(JointReport report, DruidQuery query, SeriesKey key, CancellationToken cancellation)
    {
        if (report.Incidents.Count == 0)
            return report;
        if (report.Reports[0].Model is not null)
            query = TrafficQuery.Build(query, traffic);
        var causes = new Dictionary<string, ExplanationReport>(StringComparer.Ordinal);
        var chosen = report.Incidents.OrderByDescending(static one => one.Worst.Severity).Take(Math.Min(MostOfSeries, _left)).ToArray();
        LeftOut += report.Incidents.Count - chosen.Length;
        _left -= chosen.Length;
        foreach (var incident in chosen)
        {
            // What cannot be split has no causes of its own; another metric of the same incident may have.
            var (metric, own) = incident.Metrics.FirstOrDefault(one => CanBeSplit(query, one.Metric)) ?? incident.Metrics[0];
            var judged = report.Reports.First(one => one.Metric == metric);
            causes[incident.Worst.Id] = await OneAsync(
                ExplainedWindow.Of(judged, own).Request(query, key) with { Dimensions = dimensions, TimeZone = TimeZone, Top = top },
                cancellation);
        }
        return report with { Causes = causes };
    }

    private static bool CanBeSplit(DruidQuery query, string metric)
    {
        try
        {
            return SplitMeasure.Find(query, metric) is not null;
        }
        catch (AiOutliersException)
        {
            return false;
        }
    }

    private async Task<ExplanationReport> OneAsync(ExplanationRequest request, CancellationToken cancellation)
    {
        try
        {
            return await explainer.ExplainAsync(request, cancellation);
        }
        catch (AiOutliersException error)
        {
            return new()
            {
                Window = request.Window,
                Metric = request.Metric,
                Value = request.Judged?.Value ?? 0,
                Expected = request.Judged?.Expected ?? 0,
                Verdict = ExplanationVerdict.NoData,
                Warnings = [error.Message],
            };
        }
    }
}
