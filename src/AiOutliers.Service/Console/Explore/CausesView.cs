using AiOutliers.Engine.Explanation;

namespace AiOutliers.Service.Console.Explore;

/// <param name="State">The series.</param>
/// <param name="Report">What was found; null where it failed.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
public sealed record CausesView(ExploreState State, ExplanationReport? Report, ConsoleFailure? Failure)
{
    /// <summary>The call that answers the same; null where it failed.</summary>
    public string? Code { get; init; }
}
