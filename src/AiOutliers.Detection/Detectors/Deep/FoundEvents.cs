namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>How many of the same events a model and another detector found.</summary>
/// <param name="Tried">How many there were.</param>
/// <param name="ByModel">Those that the model found.</param>
/// <param name="ByOther">Those that the other detector found.</param>
/// <param name="ByBoth">Those that both found.</param>
public readonly record struct FoundEvents(int Tried, int ByModel, int ByOther, int ByBoth);
