using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Explanation;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Service.Api.V2;

/// <summary>Finds what carries a deviation: of a query's series, or of an incident that a monitor has found.</summary>
internal sealed class ExplainQuestions(
    OutlierAnalyzer analyzer, Explainer? explainer = null, IDruidSource? source = null, MonitoringRuntime? monitoring = null)
{
    private const string NoSource = "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER";

    /// <exception cref="RequestException">The incident does not exist.</exception>
    /// <exception cref="AnalysisException">The rows could not be fetched or judged.</exception>
    /// <exception cref="AiOutliersException">The question is wrong, or the data source refused or failed.</exception>
    public Task<ExplanationReport> AnswerAsync(ExplainRequest request, CancellationToken cancellation)
    {
        if (explainer is null)
            throw new AiOutliersException(ErrorKind.BadConfiguration, NoSource);
        return request.Question is { } question
            ? new WindowExplainer(analyzer, explainer).ExplainAsync(question, cancellation)
            : StoredAsync(request.Incident!, request.How, cancellation);
    }

    private async Task<ExplanationReport> StoredAsync(string id, ExplainMember how, CancellationToken cancellation)
    {
        if (monitoring is null || await monitoring.Incidents.FindAsync(id, cancellation) is not { } incident)
        {
            throw new RequestException("/incident",
                $"incident '{id}' not found; GET /api/v2/incidents lists those of monitors, any other takes its query or series, too");
        }
        return await new StoredCauses(monitoring, source!).ExplainAsync(incident, how.Dimensions, how.Top, cancellation);
    }
}
