namespace AiOutliers.Detection.Neural.Training;

/// <summary>How training stands after an epoch.</summary>
/// <param name="Epoch">1 is the first.</param>
/// <param name="Epochs">As many are planned.</param>
/// <param name="Loss">The mean over the epoch's steps, with dropout, noise and penalties.</param>
/// <param name="ValidationLoss">The mean over the validation examples at the end of the epoch, as predictions; null without any.</param>
public sealed record EpochReport(int Epoch, int Epochs, double Loss, double? ValidationLoss);
