using AiOutliers.Detection.Detectors;

namespace AiOutliers.Engine.Evaluation;

/// <summary>What a detector says to one series.</summary>
/// <param name="Detector">The detector's registered id.</param>
/// <param name="Result">Null when it could not judge the series.</param>
/// <param name="Elapsed">How long that took.</param>
/// <param name="Note">Why the series was not judged; null when it was.</param>
public sealed record SeriesVerdict(string Detector, DetectionResult? Result, TimeSpan Elapsed, string? Note)
{
    /// <summary>The main score first.</summary>
    public IEnumerable<NamedScore> Scores =>
        Result is null ? [] : Result.OtherScores.Prepend(new NamedScore(Result.ScoreName, Result.Scores));
}
