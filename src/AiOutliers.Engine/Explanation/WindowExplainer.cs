using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.Explanation;

/// <summary>
/// Explains a window, or an incident, that somebody names: judged first, as anybody's rows are, so that both reports agree.
/// </summary>
public sealed class WindowExplainer(OutlierAnalyzer analyzer, Explainer explainer)
{
    /// <exception cref="AnalysisException">The rows could not be fetched.</exception>
    /// <exception cref="AiOutliersException">The question is wrong, or a query failed.</exception>
    public async Task<ExplanationReport> ExplainAsync(WindowQuestion question, CancellationToken cancellation)
    {
        var query = KeyedQuery.OfKey(question.Query, question.Key) with { QueryType = "timeseries" };
        // Inside the query's interval it is judged with the rows behind it, too, as an incident of the query is.
        if (question.Window is { } asked && !Covers(query, asked))
            query = query.Between(asked);
        var judged = await JudgeAsync(query, question, cancellation);
        var request = judged.Request(query, SeriesKey.None) with
        {
            Dimensions = question.Dimensions,
            TimeZone = question.TimeZone,
            Top = question.Top,
        };
        if (question.Direction != Direction.Both)
            request = request with { Direction = question.Direction };
        return await explainer.ExplainAsync(request, cancellation);
    }

    private static bool Covers(DruidQuery query, TimeWindow window)
    {
        var coverage = QueryBuckets.CoverageOf(query);
        return coverage.From <= window.From && window.To <= coverage.Until;
    }

    private async Task<ExplainedWindow> JudgeAsync(DruidQuery query, WindowQuestion question, CancellationToken cancellation)
    {
        JointReport report;
        try
        {
            report = await analyzer.AnalyzeAsync(
                new()
                {
                    Query = query.ToUtf8Json(),
                    Detector = question.Detector,
                    Metrics = question.Metric,
                    ModelOfSensor = false,
                }, cancellation);
        }
        catch (AnalysisException error) when (
            error.Stage == AnalysisStage.Detection && question is { Window: not null, Metric: not null })
        {
            // What cannot be judged, such as an hour without rows, can still be compared with earlier weeks.
            return new(question.Metric, question.Window.Value, question.Direction, Judged: null);
        }
        if (question.Window is { } window)
            return ExplainedWindow.Of(report.Reports[0], window);
        return report.Reports.SelectMany(static own => own.Result.Incidents.Select(incident => (Report: own, Incident: incident)))
            .Where(own => own.Incident.Id == question.Incident)
            .Select(static own => ExplainedWindow.Of(own.Report, own.Incident)).FirstOrDefault()
            ?? throw new AiOutliersException(ErrorKind.BadInput,
                $"no incident in the query's interval has the id '{question.Incident}'; ask for it as it was found, or name a window");
    }
}
