namespace AiOutliers.Cluster.Jobs;

/// <summary>A job that is none of ours: it is never run and never tried again.</summary>
internal sealed class RefusedJobException(string reason) : Exception(reason);
