namespace AiOutliers.Cluster.Jobs;

/// <param name="Done">0 to 1.</param>
/// <param name="Step">What is being done, in a few words: "epoch 3 of 20, loss 0.0123".</param>
public sealed record JobProgress(double Done, string Step);
