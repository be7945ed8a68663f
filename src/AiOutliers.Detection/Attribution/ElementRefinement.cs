namespace AiOutliers.Detection.Attribution;

/// <param name="Dimension">A dimension that the element does not name.</param>
/// <param name="Value">The value that holds nearly all of it.</param>
/// <param name="Share">How much of the element's deviation it holds.</param>
public sealed record ElementRefinement(string Dimension, string? Value, double Share);
