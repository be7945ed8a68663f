using AiOutliers.Models.Keras;

namespace AiOutliers.Engine.Training;

/// <summary>How models are trained, where a request does not say.</summary>
public sealed record TrainingSettings
{
    /// <summary>Passes over the data when a model that exists is trained further.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Slices per step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Where a model's files go before it is trained on; null takes the folder <c>backups</c> in the model folder.</summary>
    public string? BackupPath { get; init; }

    /// <summary>How many copies of a model are kept there; 0: all.</summary>
    public int BackupKeep { get; init; } = 10;

    /// <summary>Which Keras a new model's file is written for.</summary>
    public KerasLayout NewLayout { get; init; } = KerasLayout.Keras2;
}
