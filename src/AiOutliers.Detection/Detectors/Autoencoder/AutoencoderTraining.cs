using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Detectors.Autoencoder;

/// <summary>Trains a model and measures what is ordinary for it afterwards.</summary>
public static class AutoencoderTraining
{
    /// <summary>How much of the two old numbers stays when a model is trained further.</summary>
    private const double KeptShare = 0.9;

    /// <param name="model">Its network is changed; nobody else may use it meanwhile.</param>
    /// <param name="data">The slices.</param>
    /// <param name="options">How to train.</param>
    /// <param name="fromScratch">Whether the profile's two numbers mean nothing yet.</param>
    /// <param name="progress">Called after each epoch.</param>
    /// <param name="cancellation">Ends training after the epoch that is running.</param>
    /// <returns>The network with a profile that knows its limits: from the validation part, or without one from the training part; and how it went.</returns>
    /// <exception cref="AiOutliersException">Training diverged; the network has the weights again that it came with.</exception>
    public static (Autoencoder Model, TrainingResult Result) Train(
        Autoencoder model, TrainingData data, TrainingOptions options, bool fromScratch, Action<EpochReport>? progress = null, CancellationToken cancellation = default)
    {
        var result = new Trainer(model.Network, options).Fit(data.Training, data.Validation, progress, cancellation);
        var profile = model.Profile;
        var (average, deviation) = ResidualMeasurement.Loss(model, data.TrainingRuns);
        var kept = fromScratch ? 0 : KeptShare;
        return (new(model.Network, profile with
        {
            AverageLoss = kept * profile.AverageLoss + (1 - kept) * average,
            LossDeviation = kept * profile.LossDeviation + (1 - kept) * deviation,
            Residuals = ResidualMeasurement.Statistics(model, data.ValidationRuns.Count > 0 ? data.ValidationRuns : data.TrainingRuns),
        }), result);
    }
}
