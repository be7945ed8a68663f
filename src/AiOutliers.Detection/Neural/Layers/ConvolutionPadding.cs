namespace AiOutliers.Detection.Neural.Layers;

/// <summary>What lies beyond the ends of a sequence that is convolved.</summary>
public enum ConvolutionPadding
{
    /// <summary>Nothing: the output is shorter.</summary>
    Valid,

    /// <summary>Zeros on both sides: as many steps out as in (divided by the stride).</summary>
    Same,

    /// <summary>Zeros before the first step only: no step sees a later one.</summary>
    Causal,
}
