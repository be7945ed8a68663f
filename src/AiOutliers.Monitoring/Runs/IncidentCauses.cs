using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Engine.Explanation;
using AiOutliers.Engine.Json;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Looks for the causes of incidents before they are opened, so that their alerts tell them. What fails opens them all the same.
/// </summary>
internal sealed class IncidentCauses(TrafficSchema traffic, IDruidSource source)
{
    /// <summary>Each takes some ten queries.</summary>
    private const int MostOfARun = 10;

    private readonly Explainer _explainer = new(traffic, source, TimeProvider.System);

    /// <returns>By the incident's id: JSON, as the answer of explain has it.</returns>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(
        MonitorDocument monitor, Window window, WindowResult result, IReadOnlyList<IncidentChange> changes, CancellationToken cancellation)
    {
        var causes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (monitor.Spec.Explain.Count == 0)
            return causes;
        var query = MonitorQuery.Of(monitor.Spec.Series, traffic, window);
        foreach (var change in changes.Where(static change => change.IsNew).OrderByDescending(static change => change.Incident.Severity)
            .Take(MostOfARun))
        {
            var finding = result.Findings.First(one => IncidentFacts.IdOf(monitor.Name, one) == change.Incident.Id);
            if (await OneAsync(monitor, query, finding, cancellation) is { } text)
                causes[change.Incident.Id] = text;
        }
        return causes;
    }

    private async Task<string?> OneAsync(MonitorDocument monitor, MonitorQuery query, Finding finding, CancellationToken cancellation)
    {
        try
        {
            var incident = finding.Incident;
            var report = await _explainer.ExplainAsync(new()
            {
                Query = query.Query,
                Key = finding.Key,
                Metric = finding.Metric,
                Window = new(incident.Start, incident.End),
                Direction = incident.IsGap || incident.Area < 0 ? Direction.Down : Direction.Up,
                Dimensions = monitor.Spec.Explain,
            }, cancellation);
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, JsonWriting.Options))
                ExplanationJson.Write(json, report);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (AiOutliersException)
        {
            // A metric that does not add up, or a query that failed: the incident is what counts.
            return null;
        }
    }
}
