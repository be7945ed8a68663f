namespace AiOutliers.Models.Keras;

/// <summary>The losses of a training, epoch by epoch, for people: nothing is computed from them.</summary>
/// <param name="Training">The mean over each epoch's steps.</param>
/// <param name="Validation">The mean over the validation part after each epoch; empty where there was none.</param>
/// <param name="Kept">The epoch whose weights the model has; 1 is the first.</param>
public sealed record LossCurve(IReadOnlyList<double> Training, IReadOnlyList<double> Validation, int Kept);
