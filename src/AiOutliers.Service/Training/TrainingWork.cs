using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Training;

/// <summary>Where worker and scheduler get what trains a model.</summary>
internal static class TrainingWork
{
    /// <exception cref="AiOutliersException">This build has no trainer.</exception>
    public static ITrainingWork Create(Settings settings, ClusterRuntime runtime) =>
        throw new AiOutliersException(ErrorKind.BadConfiguration, $"this build cannot train models ({settings.Models.Path}, {runtime.Store.Place})");
}
