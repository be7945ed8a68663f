using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Models.Keras;

namespace AiOutliers.Models;

/// <summary>A model from its files, ready to run.</summary>
/// <param name="Name">The files' common name.</param>
/// <param name="Autoencoder">Network and profile.</param>
/// <param name="Filter">The Druid filter of the data that it is trained on (JSON); null when the model has no filter file.</param>
/// <param name="Training">What the profile says of its training; null for models of the Python service.</param>
public sealed record Model(string Name, Autoencoder Autoencoder, string? Filter, TrainingRecord? Training = null)
{
    public AutoencoderDetector Detector { get; } = new(Autoencoder);
}
