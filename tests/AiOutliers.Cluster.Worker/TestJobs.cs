using AiOutliers.Cluster.Jobs;
using AiOutliers.Models.Store;
using AiOutliers.Service.Training;

namespace AiOutliers.Cluster.Worker;

/// <summary>The service's own jobs for tests, which do not see into the service.</summary>
public static class TestJobs
{
    public static IReadOnlyList<JobKind> Kinds => JobKinds.All;

    public static JobPayload Training(string model, string? sensor) => new TrainingTarget(model, sensor).Payload;

    public static string Train(this JobQueue queue, string model, string? sensor) => queue.Enqueue(Training(model, sensor));

    /// <param name="store">Where models come from and go to.</param>
    /// <param name="train">Gets the model and the folder of its files.</param>
    public static IJobWork Work(ModelStore store, Func<string, string, CancellationToken, Task> train) => new TrainingJobs(new DelegatedWork(train), store);

    private sealed class DelegatedWork(Func<string, string, CancellationToken, Task> train) : ITrainingWork
    {
        public Task TrainAsync(TrainingTarget target, string folder, IProgress<JobProgress> progress, CancellationToken cancellation) =>
            train(target.Model, folder, cancellation);
    }
}
