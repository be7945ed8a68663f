namespace AiOutliers.Detection.Incidents;

/// <summary>The row of an incident that deviates most.</summary>
/// <param name="Time">Its time, in milliseconds since 1970.</param>
/// <param name="Value">What was there, in the metric's unit.</param>
/// <param name="Expected">What was to be expected.</param>
public sealed record IncidentPeak(long Time, double Value, double Expected);
