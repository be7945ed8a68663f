namespace AiOutliers.Detection.Detectors;

/// <summary>The row of an incident that deviates most.</summary>
/// <param name="Time">Its time, in milliseconds since 1970.</param>
/// <param name="Timestamp">The same as it came with the data.</param>
/// <param name="Value">What was there, in the metric's unit.</param>
/// <param name="Expected">What was to be expected.</param>
public sealed record IncidentPeak(long Time, string Timestamp, double Value, double Expected);
