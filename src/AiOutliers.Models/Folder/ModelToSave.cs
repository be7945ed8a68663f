using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Neural;
using AiOutliers.Models.Keras;

namespace AiOutliers.Models.Folder;

/// <summary>What the files of a model are written from.</summary>
public sealed record ModelToSave
{
    /// <summary>The network with its weights; where the model exists, the one that was read from it.</summary>
    public required Network Network { get; init; }

    public required AutoencoderProfile Profile { get; init; }

    public TrainingRecord? Training { get; init; }

    /// <summary>The Druid filter of the data that it is trained on (JSON); null leaves the file as it is.</summary>
    public string? Filter { get; init; }

    /// <summary>Which Keras reads the network's file, where the model is new; one that exists keeps its layout.</summary>
    public KerasLayout NewLayout { get; init; } = KerasLayout.Keras2;
}
