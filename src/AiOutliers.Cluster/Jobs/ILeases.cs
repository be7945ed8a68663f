namespace AiOutliers.Cluster.Jobs;

/// <summary>Who trains what: at most one job trains a model at a time, and a job whose holder is gone can be told from one that runs.</summary>
internal interface ILeases
{
    /// <returns>Null when another job trains the model, or another worker has the job.</returns>
    Task<ILease?> TryTakeAsync(string jobId, string model);

    /// <summary>Whether somebody works on the job now.</summary>
    Task<bool> IsTakenAsync(string jobId);
}
