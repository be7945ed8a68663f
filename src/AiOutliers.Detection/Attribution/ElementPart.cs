namespace AiOutliers.Detection.Attribution;

/// <param name="Dimension">The name.</param>
/// <param name="Value">The value; null is one of its own.</param>
public sealed record ElementPart(string Dimension, string? Value);
