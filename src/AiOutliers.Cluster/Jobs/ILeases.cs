namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Who works on what: at most one job of a subject runs at a time, and a job whose holder is gone can be told from one that runs.
/// </summary>
internal interface ILeases
{
    /// <returns>Null when another job of the subject runs, or another worker has the job.</returns>
    Task<ILease?> TryTakeAsync(string jobId, string subject);

    /// <summary>Whether somebody works on the job now.</summary>
    Task<bool> IsTakenAsync(string jobId);
}
