namespace AiOutliers.Detection.Attribution;

/// <param name="Where">The values, in the order of the dimensions.</param>
/// <param name="Score">The evidence for it alone, before any common shift, in nats.</param>
public sealed record AlternativeElement(IReadOnlyList<ElementPart> Where, double Score);
