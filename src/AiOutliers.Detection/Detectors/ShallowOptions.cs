namespace AiOutliers.Detection.Detectors;

/// <summary>Options of <see cref="ShallowDetector"/>.</summary>
public sealed record ShallowOptions
{
    /// <summary>Every option that a user may set, by name.</summary>
    public static readonly IReadOnlyList<DetectorOption<ShallowOptions>> All =
    [
        DetectorOption<ShallowOptions>.Number("sensitivity", "How easily a row is called anomalous.", 0, 1,
            static options => options.Sensitivity, static (options, value) => options with { Sensitivity = value }),
        DetectorOption<ShallowOptions>.Number("contamination", "The share of rows expected to be anomalous.", 1e-6, 0.5,
            static options => options.Contamination, static (options, value) => options with { Contamination = value }),
    ];

    /// <summary>
    /// How easily a row is called anomalous: 0 never, 1 at least one row always. Moves the threshold that <see cref="Contamination"/> sets.
    /// </summary>
    public double Sensitivity { get; init; } = 0.95;

    /// <summary>The share of rows expected to be anomalous.</summary>
    public double Contamination { get; init; } = 0.01;

    /// <summary>Seed of the forest: the same seed and data give the same scores.</summary>
    public int Seed { get; init; } = 42;
}
