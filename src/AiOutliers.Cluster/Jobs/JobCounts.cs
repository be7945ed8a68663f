namespace AiOutliers.Cluster.Jobs;

/// <summary>How many jobs are in the queue, by state: see <see cref="JobState"/>.</summary>
public sealed record JobCounts(long Waiting, long Delayed, long Running, long Parked);
