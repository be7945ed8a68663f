namespace AiOutliers.Detection.Neural.Layers;

/// <summary>How a bidirectional layer joins its two directions.</summary>
public enum MergeMode
{
    Concat,
    Sum,
    Mul,
    Ave,
}
