namespace AiOutliers.Models.Keras;

/// <summary>What a model's <c>.ini</c> says of its training, in files of our own.</summary>
/// <param name="TrainedAt">When the training ended.</param>
/// <param name="Rows">How many rows it was trained on.</param>
public sealed record TrainingRecord(DateTimeOffset TrainedAt, int Rows)
{
    /// <summary>How the last training went; null in files that do not say.</summary>
    public LossCurve? Losses { get; init; }
}
