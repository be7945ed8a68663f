using System.ComponentModel.DataAnnotations;

namespace AiOutliers.Detection.Detectors;

/// <summary>Options of <see cref="ShallowDetector"/>.</summary>
public sealed record ShallowOptions
{
    /// <summary>
    /// How easily a row is called anomalous: 0 never, 1 at least one row always. Moves the threshold that <see cref="Contamination"/> sets.
    /// </summary>
    [Range(0.0, 1.0)]
    public double Sensitivity { get; init; } = 0.95;

    /// <summary>The share of rows expected to be anomalous.</summary>
    [Range(1e-6, 0.5)]
    public double Contamination { get; init; } = 0.01;

    /// <summary>Seed of the forest: the same seed and data give the same scores.</summary>
    public int Seed { get; init; } = 42;
}
