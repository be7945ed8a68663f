namespace AiOutliers.Cluster.Jobs;

/// <summary>Another job trains this model: no failure, the job only waits.</summary>
internal sealed class ModelBusyException(string model) : Exception($"another job trains '{model}'");
