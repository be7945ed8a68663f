using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Service.Training;

/// <summary>
/// The training of a job, without where models are kept and who may train them when: fetch the data, train, write the files.
/// </summary>
internal interface ITrainingWork
{
    /// <param name="target">The model.</param>
    /// <param name="folder">
    /// Holds the newest files of the model, where the store has any; the new ones go into the same place, under the same names.
    /// </param>
    /// <param name="progress">Shown to people.</param>
    /// <param name="cancellation">Stops it.</param>
    Task TrainAsync(TrainingTarget target, string folder, IProgress<JobProgress> progress, CancellationToken cancellation);
}
