using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Service.Training;

/// <summary>The kinds of jobs that this service has.</summary>
internal static class JobKinds
{
    public static readonly IReadOnlyList<JobKind> All = [TrainingTarget.Kind];
}
