using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>What was found in a window.</summary>
/// <param name="Result">Findings, and who was judged.</param>
/// <param name="NotJudged">Why others were not, with their number.</param>
internal sealed record WindowVerdict(WindowResult Result, IReadOnlyDictionary<string, int> NotJudged)
{
    /// <summary>Series that the detector judged; of the others it was clear that they are ordinary.</summary>
    public int Whole { get; init; }
}
