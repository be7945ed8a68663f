namespace AiOutliers.Detection.Attribution;

/// <summary>Which elements carry a deviation.</summary>
/// <param name="Verdict">Where it lies.</param>
/// <param name="OutsideShare">The share of the deviation that every value of every dimension has in common.</param>
/// <param name="Explained">The sum of the elements' shares; more than 1 where other cells moved the opposite way.</param>
/// <param name="Elements">By share, the largest first.</param>
/// <param name="Alternatives">Other candidates, the best first; none in the dense regime.</param>
/// <param name="Regime">The evidence that was used.</param>
public sealed record AttributionResult(
    AttributionVerdict Verdict,
    double OutsideShare,
    double Explained,
    IReadOnlyList<AttributedElement> Elements,
    IReadOnlyList<AlternativeElement> Alternatives,
    AttributionRegime Regime)
{
    internal static readonly AttributionResult NoData = new(AttributionVerdict.NoData, 0, 0, [], [], AttributionRegime.Count);
}
