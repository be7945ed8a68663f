namespace AiOutliers.Monitoring.Incidents;

/// <summary>One more line for an incident's history.</summary>
/// <param name="Kind">One of the words of <see cref="IncidentEvent"/>.</param>
/// <param name="Detail">In words.</param>
public sealed record IncidentNote(string Kind, string Detail);
