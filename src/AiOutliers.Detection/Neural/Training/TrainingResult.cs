namespace AiOutliers.Detection.Neural.Training;

/// <summary>How training went.</summary>
/// <param name="Epochs">Every epoch that was run.</param>
/// <param name="KeptEpoch">The epoch whose weights the network has.</param>
/// <param name="End">Why it ended.</param>
public sealed record TrainingResult(IReadOnlyList<EpochReport> Epochs, int KeptEpoch, TrainingEnd End);
