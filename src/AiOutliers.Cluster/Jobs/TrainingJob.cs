namespace AiOutliers.Cluster.Jobs;

/// <summary>One model to train.</summary>
/// <param name="Model">Its name; checked.</param>
/// <param name="Sensor">The sensor that it is for; null for a model of all traffic.</param>
/// <param name="Folder">Holds the newest files of the model, where the store has any; the new ones go into the same place, under the same names.</param>
public sealed record TrainingJob(string Model, string? Sensor, string Folder);
