namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>What one metric column's residual was like on the validation part of the training data, at one granularity, in rescaled units.</summary>
/// <param name="Metric">The column.</param>
/// <param name="GranularityMinutes">Minutes from row to row.</param>
/// <param name="Mean">The mean loss |input − output|.</param>
/// <param name="Deviation">The loss's standard deviation.</param>
/// <param name="Centre">The median of the signed residual input − output.</param>
/// <param name="Scale">The signed residual's spread, 1.4826·MAD.</param>
/// <param name="SustainedLimit">The largest size of the sustained score, in spreads.</param>
public sealed record ResidualLimits(string Metric, double GranularityMinutes, double Mean, double Deviation, double Centre, double Scale, double SustainedLimit);
