namespace AiOutliers.Detection.Detectors;

/// <summary>A further score of a detector, for another question than its main one.</summary>
/// <param name="Name">The score's registered name (<c>point</c>, <c>wide</c>).</param>
/// <param name="Values">One per row; higher is more anomalous, never NaN, never negative.</param>
public sealed record NamedScore(string Name, double[] Values);
