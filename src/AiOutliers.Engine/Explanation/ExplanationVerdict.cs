namespace AiOutliers.Engine.Explanation;

/// <summary>Where the deviation of a window lies.</summary>
public enum ExplanationVerdict
{
    /// <summary>There are no rows, or nothing to compare them with.</summary>
    NoData,

    /// <summary>The total is within 2 % of what was expected: an element may still be named, but little speaks for it.</summary>
    HardlyDeviates,

    /// <summary>It is spread over the values of these dimensions, or lies in a dimension that was not asked about.</summary>
    Outside,

    /// <summary>The elements carry a part of it.</summary>
    Mixed,

    /// <summary>The elements carry it.</summary>
    Concentrated,
}
