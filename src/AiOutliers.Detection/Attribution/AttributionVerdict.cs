namespace AiOutliers.Detection.Attribution;

/// <summary>Where a deviation lies.</summary>
public enum AttributionVerdict
{
    /// <summary>There are no cells, or nothing moved.</summary>
    NoData,

    /// <summary>The elements explain less than a quarter of it: it is spread, or lies in a dimension that is not here.</summary>
    Outside,

    /// <summary>The elements explain a part; at least a fifth is spread, or they explain less than half.</summary>
    Mixed,

    /// <summary>The elements carry it.</summary>
    Concentrated,
}
