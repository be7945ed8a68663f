namespace AiOutliers.Detection.Attribution;

/// <summary>Which elements carry a deviation.</summary>
/// <param name="Verdict">Where it lies.</param>
/// <param name="OutsideShare">The share of the deviation that every value of every dimension has in common.</param>
/// <param name="Explained">The sum of the elements' shares: above 1 where other cells moved the other way, below 0 where they did.</param>
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

    /// <summary>Elements that explain less leave the deviation outside.</summary>
    private const double Outside = 0.25;
    private const double MixedOutside = 0.2;
    private const double MixedExplained = 0.5;

    /// <param name="elements">In the order in which they are told.</param>
    /// <param name="outside">The share that all have in common.</param>
    /// <param name="isClear">Whether an element is beyond all noise: then it does not lie outside, however little they carry.</param>
    /// <param name="alternatives">Other candidates.</param>
    /// <param name="regime">The evidence that was used.</param>
    internal static AttributionResult Of(
        List<AttributedElement> elements, double outside, bool isClear, IReadOnlyList<AlternativeElement> alternatives,
        AttributionRegime regime)
    {
        var explained = elements.Sum(static element => element.Share);
        var verdict = explained < Outside && !isClear ? AttributionVerdict.Outside
            : outside >= MixedOutside || explained < MixedExplained ? AttributionVerdict.Mixed
            : AttributionVerdict.Concentrated;
        return new(verdict, outside, explained, elements, alternatives, regime);
    }
}
