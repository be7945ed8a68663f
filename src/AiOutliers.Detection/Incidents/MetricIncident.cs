namespace AiOutliers.Detection.Incidents;

/// <summary>An incident, and the metric that it shows in.</summary>
public sealed record MetricIncident(string Metric, Incident Incident)
{
    internal long Length => Incident.End - Incident.Start;

    /// <summary>1 above the usual, -1 below: a gap is too little.</summary>
    internal int Side => Incident.Peak is { } peak && peak.Value >= peak.Expected ? 1 : -1;
}
