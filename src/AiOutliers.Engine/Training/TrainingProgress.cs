using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Engine.Training;

/// <summary>How far a training is.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Step">What is being done.</param>
/// <param name="Epoch">The epoch that has just ended; null outside of them.</param>
public sealed record TrainingProgress(string Model, string Step, EpochReport? Epoch = null);
