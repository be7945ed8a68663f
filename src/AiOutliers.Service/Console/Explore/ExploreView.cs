namespace AiOutliers.Service.Console.Explore;

/// <summary>What the page Explore shows.</summary>
/// <param name="State">What its address says.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Answer">What was found; null where it failed.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
public sealed record ExploreView(ExploreState State, ExploreChoices Choices, ExploreAnswer? Answer, ConsoleFailure? Failure)
{
    /// <summary>What the other detector found; null where none is compared with.</summary>
    public ExploreAnswer? Other { get; init; }

    /// <summary>What is shown as the document of a monitor; null where it cannot be one.</summary>
    public string? Monitor { get; init; }
}

/// <param name="Source">The data source that is meant when none is named.</param>
/// <param name="Sources">All data sources.</param>
/// <param name="Metrics">The metrics of the traffic set.</param>
/// <param name="Dimensions">Dimensions to split by.</param>
/// <param name="Conditions">Conditions that hold for some rows: <c>sensor_name=headquarters</c>.</param>
/// <param name="Detectors">Detectors and models.</param>
/// <param name="Options">What can be said to a detector beyond sensitivity and direction.</param>
public sealed record ExploreChoices(
    string Source, IReadOnlyList<string> Sources, IReadOnlyList<string> Metrics, IReadOnlyList<string> Dimensions,
    IReadOnlyList<string> Conditions, IReadOnlyList<string> Detectors, IReadOnlyList<string> Options);
