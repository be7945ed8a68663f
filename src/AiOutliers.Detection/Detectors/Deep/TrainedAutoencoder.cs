using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>What training made of a model.</summary>
/// <param name="Model">The network with its new weights, and a profile that knows its limits.</param>
/// <param name="Result">How it went.</param>
/// <param name="LossBefore">The mean loss over the training rows before, as predictions.</param>
/// <param name="LossAfter">The same afterwards.</param>
public sealed record TrainedAutoencoder(Autoencoder Model, TrainingResult Result, double LossBefore, double LossAfter);
