using AiOutliers.Detection.Attribution;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>What carries the deviation of a window.</summary>
public sealed record ExplanationReport
{
    public required TimeWindow Window { get; init; }

    public required string Metric { get; init; }

    /// <summary>What was seen, all together.</summary>
    public double Value { get; init; }

    /// <summary>What was expected: the detector's number, else the mean of the weeks before.</summary>
    public double Expected { get; init; }

    public double Deviation => Value - Expected;

    public required ExplanationVerdict Verdict { get; init; }

    /// <summary>The share of the deviation that all values have in common.</summary>
    public double OutsideShare { get; init; }

    /// <summary>By share, the largest first.</summary>
    public IReadOnlyList<ExplainedElement> Elements { get; init; } = [];

    /// <summary>Other candidates.</summary>
    public IReadOnlyList<AlternativeElement> Alternatives { get; init; } = [];

    /// <summary>The share that the elements carry; above 1 where others moved the opposite way.</summary>
    public double Explained { get; init; }

    /// <summary>The dimensions that were looked into.</summary>
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>How many earlier windows it was compared with.</summary>
    public int References { get; init; }

    /// <summary>How many combinations of values were compared.</summary>
    public int Cells { get; init; }

    /// <summary>Whether dimensions were left out because there were too many combinations.</summary>
    public bool Truncated { get; init; }

    /// <summary>How many queries it took.</summary>
    public int Queries { get; init; }

    public TimeSpan Elapsed { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
