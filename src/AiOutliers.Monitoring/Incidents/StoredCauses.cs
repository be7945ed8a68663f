using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Engine.Explanation;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>The causes of an incident that is stored, looked for anew: it may have grown since it was opened.</summary>
public sealed class StoredCauses(MonitoringRuntime runtime, IDruidSource source)
{
    private readonly IncidentCauses _causes = new(runtime.Engine, source);

    /// <param name="incident">The incident.</param>
    /// <param name="dimensions">The dimensions to look into; empty takes the monitor's, and where it has none the configured ones.</param>
    /// <param name="top">The most elements.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">The metric cannot be split, or a query failed.</exception>
    public async Task<ExplanationReport> ExplainAsync(
        StoredIncident incident, IReadOnlyList<string> dimensions, int top, CancellationToken cancellation)
    {
        var spec = await SpecAsync(incident, cancellation);
        return await _causes.ExplainAsync(dimensions.Count > 0 ? spec with { Explain = dimensions } : spec, incident, top, cancellation);
    }

    /// <summary>As it was when the incident was opened.</summary>
    private async Task<MonitorSpec> SpecAsync(StoredIncident incident, CancellationToken cancellation)
    {
        var document = await runtime.Catalog.Monitors.DocumentAsync(incident.Monitor, incident.Revision, cancellation)
            ?? throw new AiOutliersException(ErrorKind.BadInput,
                $"revision {incident.Revision} of monitor '{incident.Monitor}', which found the incident, is not kept");
        return runtime.Catalog.Read(document, incident.Monitor).Monitors[0].Spec;
    }
}
