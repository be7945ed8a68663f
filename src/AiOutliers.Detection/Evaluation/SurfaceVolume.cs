namespace AiOutliers.Detection.Evaluation;

/// <summary>The volumes under the two surfaces; NaN where there is nothing to tell apart: no row labelled, or every row.</summary>
/// <param name="PrecisionRecall">VUS-PR, 0 to 1.</param>
/// <param name="Roc">VUS-ROC, 0 to 1; 0.5 is what chance reaches at buffer 0, more with a buffer.</param>
public readonly record struct SurfaceVolume(double PrecisionRecall, double Roc);
