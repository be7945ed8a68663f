using AiOutliers.Detection.Detectors.Autoencoder;

namespace AiOutliers.Keras;

/// <summary>What a model's <c>.ini</c> says of its training, in files of our own.</summary>
/// <param name="TrainedAt">When the training ended.</param>
/// <param name="Rows">How many rows it was trained on.</param>
/// <param name="Residuals">What residuals were like, per metric column and granularity; empty where that was not measured.</param>
public sealed record TrainingRecord(DateTimeOffset TrainedAt, int Rows, IReadOnlyList<ResidualLimits> Residuals);
