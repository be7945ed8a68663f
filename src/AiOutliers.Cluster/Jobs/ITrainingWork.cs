namespace AiOutliers.Cluster.Jobs;

/// <summary>The work of a job, without where models are kept and who may train them when: fetch the data, train, write the files.</summary>
public interface ITrainingWork
{
    /// <summary>Trains the model in the job's folder. Any exception is a failed attempt, its message the reason that people read.</summary>
    Task TrainAsync(TrainingJob job, IProgress<TrainingProgress> progress, CancellationToken cancellation);
}
