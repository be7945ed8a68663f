namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// How well a model reproduces one metric on ordinary data that it was not trained on, in rescaled units; the limits leave room for what it
/// was trained on.
/// </summary>
/// <param name="Mean">Of the loss.</param>
/// <param name="Deviation">The loss' standard deviation.</param>
/// <param name="Centre">The median of the signed residual, input − output: what the model is off by as a rule.</param>
/// <param name="Scale">1.4826·MAD of the signed residual.</param>
/// <param name="SustainedLimit">
/// The largest size that the mean of <see cref="ResidualRule.SustainedRows"/> normalised residuals had.
/// </param>
public sealed record MetricResiduals(double Mean, double Deviation, double Centre, double Scale, double SustainedLimit)
{
    /// <summary>
    /// The same of the residuals less what all metrics have in common; infinite in models without this limit, which then raise no such
    /// alarm.
    /// </summary>
    public double ApartLimit { get; init; } = double.PositiveInfinity;
}
