namespace AiOutliers.Cluster.Jobs;

/// <summary>Another job has the same subject: no failure, the job only waits.</summary>
internal sealed class SubjectBusyException(string subject) : Exception($"another job of '{subject}' runs");
