using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Service.Console.QueuePages;

/// <param name="IsConfigured">Whether there is a queue that pages can see.</param>
/// <param name="Jobs">Those that need attention first.</param>
/// <param name="Warnings">What endangers the jobs.</param>
/// <param name="Failure">Why they are not known; null where they are.</param>
public sealed record QueueView(bool IsConfigured, IReadOnlyList<JobInfo> Jobs, IReadOnlyList<string> Warnings, ConsoleFailure? Failure);
