using AiOutliers.Detection.Incidents;

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

    /// <summary>How serious, 0 to 100: 50 is the threshold of the alarm that is nearest to it; null when the detector gives none.</summary>
    public double[]? Severities { get; init; }

    /// <summary>The alarms that each row raised; null when the detector knows no classes.</summary>
    public AlarmClasses[]? Alarms { get; init; }

    /// <summary>Anomalous rows that belong together, in order of time.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Why rows were found anomalous, in order of the rows; for those that were asked for.</summary>
    public IReadOnlyList<RowReason> Reasons { get; init; } = [];

    /// <summary>Why no row was judged ("too short to judge: …"); null when rows were judged.</summary>
    public string? NoVerdict { get; init; }

    /// <summary>What the user should know about this run, beyond the rows.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why a row was found anomalous; null for one that was not.</summary>
    public string? ReasonOf(int row)
    {
        var (first, end) = (0, Reasons.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = Reasons[middle].Row < row ? (middle + 1, end) : (first, middle);
        }
        return first < Reasons.Count && Reasons[first].Row == row ? Reasons[first].Text : null;
    }

    public int AnomalyCount => Anomalies.Count(static anomaly => anomaly);
}
