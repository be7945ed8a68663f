using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Service.Console.QueuePages;

/// <param name="IsConfigured">Whether there is a queue that pages can see.</param>
/// <param name="Part">Which of them are shown.</param>
/// <param name="Jobs">Those that need attention first.</param>
/// <param name="Warnings">What endangers the jobs.</param>
/// <param name="Failure">Why they are not known; null where they are.</param>
public sealed record QueueView(
    bool IsConfigured, ListPart Part, IReadOnlyList<JobInfo> Jobs, IReadOnlyList<string> Warnings, ConsoleFailure? Failure)
{
    public const string Page = "page";

    /// <summary>Without jobs.</summary>
    /// <param name="failure">Why they are not known; null where nothing can be seen.</param>
    public static QueueView Without(ConsoleFailure? failure) => new(failure is not null, new(Page, 1, 0), [], [], failure);
}
