namespace AiOutliers.Cluster.Jobs;

/// <summary>Another worker may have the job: what was done is not to be shown to anybody.</summary>
public sealed class LeaseLostException() : Exception("the lease was lost");
