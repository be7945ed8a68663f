using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Incidents;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Engine;
using AiOutliers.Engine.Explanation;
using AiOutliers.Engine.Json;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Looks for the causes of incidents: of new ones before they are opened, so that their alerts tell them, and of stored ones when somebody
/// asks.
/// </summary>
internal sealed class IncidentCauses(EngineSettings settings, IDruidSource source)
{
    /// <summary>Each takes some ten queries.</summary>
    private const int MostOfARun = 10;

    private readonly Explainer _explainer = new(
        settings.Traffic, source, TimeProvider.System, settings.SeasonalScan.TimeZone);

    /// <summary>Of the most severe new ones. What fails opens them all the same.</summary>
    /// <returns>By the incident's id: JSON, as the answer of explain has it.</returns>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(
        MonitorSpec spec, IEnumerable<IncidentChange> changes, CancellationToken cancellation)
    {
        var causes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var incident in changes.Where(static change => change.IsNew).Select(static change => change.Incident)
            .OrderByDescending(static incident => incident.Severity).Take(spec.Explain.Count > 0 ? MostOfARun : 0))
        {
            try
            {
                causes[incident.Id] = Text(await ExplainAsync(spec, incident, ExplanationRequest.UsualTop, cancellation));
            }
            catch (AiOutliersException)
            {
                // A metric that does not add up, or a query that failed: the incident is what counts.
            }
        }
        return causes;
    }

    /// <param name="spec">The monitor's; its dimensions are looked into.</param>
    /// <param name="incident">All of its time until now, at most the last week of it.</param>
    /// <param name="top">The most elements.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">The metric cannot be split, or a query failed.</exception>
    public Task<ExplanationReport> ExplainAsync(MonitorSpec spec, StoredIncident incident, int top, CancellationToken cancellation)
    {
        var (key, window) = (IncidentFacts.KeyFrom(incident.EntityKey), TimeWindow.LastWeekOf(incident.StartedAt, incident.EndedAt));
        // A source that is silent has no entity: all of it is meant, not the entity without a value.
        var series = key.IsNone && incident.PeakTime is null ? spec.Series with { By = [] } : spec.Series;
        return _explainer.ExplainAsync(new()
        {
            Query = MonitorQuery.Of(series, settings.Traffic, new(window.From, window.To)).Query,
            Key = key,
            Metric = incident.Metric,
            Window = window,
            Direction = incident.PeakTime is null || incident.Area < 0 ? Direction.Down : Direction.Up,
            TimeZone = spec.Series.TimeZone,
            Dimensions = spec.Explain,
            Top = top,
        }, cancellation);
    }

    private static string Text(ExplanationReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonWriting.Options))
            ExplanationJson.Write(json, report);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
