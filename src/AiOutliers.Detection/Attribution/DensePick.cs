namespace AiOutliers.Detection.Attribution;

/// <summary>An element, and what it is worth: the sum of its cells' gains less what the choice costs.</summary>
internal sealed record DensePick(DenseCuboid Cuboid, int Element, double Score);
