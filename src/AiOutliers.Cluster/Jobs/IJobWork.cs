namespace AiOutliers.Cluster.Jobs;

/// <summary>Does the jobs of one kind.</summary>
public interface IJobWork
{
    JobKind Kind { get; }

    /// <summary>Does one job. Any exception is a failed attempt, its message the reason that people read.</summary>
    /// <param name="job">Of the kind.</param>
    /// <param name="lease">Held for the job; asked before anything that others see.</param>
    /// <param name="progress">Shown to people.</param>
    /// <param name="cancellation">Cancelled when the worker ends, the job is taken out, or the lease is lost.</param>
    /// <returns>What was done, in a few words for the log.</returns>
    /// <exception cref="LeaseLostException">Another worker may have the job.</exception>
    Task<string> RunAsync(JobPayload job, ILease lease, IProgress<JobProgress> progress, CancellationToken cancellation);
}
