namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>A level that changed for good.</summary>
/// <param name="Start">The block it began at.</param>
/// <param name="Change">By how much, in the blocks' unit; the sign is the direction.</param>
/// <param name="Score">By how much it makes the fit of the day levels better, against their noise.</param>
/// <param name="Reach">The smaller of its two statistics, over their thresholds.</param>
internal readonly record struct Step(int Start, double Change, double Score, double Reach = 0);
