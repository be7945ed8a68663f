namespace AiOutliers.Detection.Neural.Training;

/// <summary>What training makes small: a mean over batch, steps and features.</summary>
public enum LossFunction
{
    /// <summary>|y − target|</summary>
    MeanAbsoluteError,

    /// <summary>(y − target)²</summary>
    MeanSquaredError,
}
