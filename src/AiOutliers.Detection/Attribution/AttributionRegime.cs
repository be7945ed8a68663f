namespace AiOutliers.Detection.Attribution;

/// <summary>What a cell can say by itself.</summary>
public enum AttributionRegime
{
    /// <summary>Sparse cells, such as single flows: only sums over many of them say something.</summary>
    Count,

    /// <summary>Cells far from zero: each has a noise level of its own.</summary>
    Dense,
}
