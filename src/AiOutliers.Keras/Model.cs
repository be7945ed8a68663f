using AiOutliers.Detection.Detectors.Autoencoder;

namespace AiOutliers.Keras;

/// <summary>A model from its files, ready to run.</summary>
/// <param name="Name">The files' common name.</param>
/// <param name="Autoencoder">Network and profile.</param>
/// <param name="Filter">The Druid filter of the data that it is trained on (JSON); null when there is no such file.</param>
public sealed record Model(string Name, Autoencoder Autoencoder, string? Filter)
{
    public AutoencoderDetector Detector { get; } = new(Autoencoder);
}
