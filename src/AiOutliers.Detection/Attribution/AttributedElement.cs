namespace AiOutliers.Detection.Attribution;

/// <summary>One value in each of some dimensions, and what it has of the deviation.</summary>
/// <param name="Where">The values, in the order of the dimensions.</param>
/// <param name="Actual">What was seen.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Share">Its share of the deviation, without what earlier elements have.</param>
/// <param name="Score">The evidence for the explanation that it belongs to, in nats.</param>
/// <param name="Refinements">Values of other dimensions that hold nearly all of it.</param>
public sealed record AttributedElement(
    IReadOnlyList<ElementPart> Where,
    double Actual,
    double Expected,
    double Share,
    double Score,
    IReadOnlyList<ElementRefinement> Refinements);
