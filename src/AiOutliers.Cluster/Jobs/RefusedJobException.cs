namespace AiOutliers.Cluster.Jobs;

/// <summary>A job that this service did not write: it is never run and never tried again.</summary>
internal sealed class RefusedJobException(string reason) : Exception(reason);
