namespace AiOutliers.Druid.Responses;

internal enum JsonFieldKind
{
    /// <summary>So far it was null in every row.</summary>
    Unknown,
    Metric,
    Dimension,
    Time,
    LeftOut,
}
