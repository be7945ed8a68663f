namespace AiOutliers.Detection.Detectors;

/// <summary>What a detector found: one entry per row of the table in every array.</summary>
public sealed record DetectionResult
{
    /// <summary>Higher is more anomalous; 0 for a row without a verdict; never NaN, never negative.</summary>
    public required double[] Scores { get; init; }

    /// <summary>The name of <see cref="Scores"/>, where the detector has several.</summary>
    public string ScoreName { get; init; } = "score";

    /// <summary>The detector's further scores.</summary>
    public IReadOnlyList<NamedScore> OtherScores { get; init; } = [];

    /// <summary>The verdict. Never true for a row whose value is missing.</summary>
    public required bool[] Anomalies { get; init; }

    /// <summary>The value that was to be expected, in the metric's own unit; NaN where there is none.</summary>
    public required double[] Expected { get; init; }

    /// <summary>The lower edge of the band of ordinary values, in the metric's own unit; null when the detector gives no band.</summary>
    public double[]? Lower { get; init; }

    /// <summary>The upper edge of the band of ordinary values; null when the detector gives no band.</summary>
    public double[]? Upper { get; init; }

    /// <summary>Why no row was judged ("too short to judge: …"); null when rows were judged.</summary>
    public string? NoVerdict { get; init; }

    /// <summary>What the user should know about this run, beyond the rows.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public int AnomalyCount => Anomalies.Count(static anomaly => anomaly);
}
