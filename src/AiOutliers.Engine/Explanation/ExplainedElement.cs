using AiOutliers.Detection.Attribution;

namespace AiOutliers.Engine.Explanation;

/// <summary>Values of some dimensions that carry a part of a deviation.</summary>
/// <param name="Where">The values.</param>
/// <param name="Value">What was seen in the window.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Share">Its share of the deviation.</param>
/// <param name="Refinements">Values of other dimensions that hold nearly all of it.</param>
/// <param name="Distinct">Of a rise: how many values other dimensions have in it.</param>
public sealed record ExplainedElement(
    IReadOnlyList<ElementPart> Where,
    double Value,
    double Expected,
    double Share,
    IReadOnlyList<ElementRefinement> Refinements,
    IReadOnlyList<KeyValuePair<string, long>> Distinct)
{
    /// <summary>None of it was there in the weeks before.</summary>
    public bool IsNew => Expected == 0 && Value > 0;

    /// <summary>None of it is left.</summary>
    public bool IsGone => Value == 0 && Expected > 0;
}
