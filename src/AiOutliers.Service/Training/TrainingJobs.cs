using AiOutliers.Cluster.Jobs;
using AiOutliers.Models.Store;

namespace AiOutliers.Service.Training;

/// <summary>Jobs that train: fetches the model's newest files, has it trained, uploads it.</summary>
internal sealed class TrainingJobs(ITrainingWork work, ModelStore store) : IJobWork
{
    public JobKind Kind => TrainingTarget.Kind;

    public async Task<string> RunAsync(JobPayload job, ILease lease, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var target = TrainingTarget.Of(job);
        var folder = Directory.CreateTempSubdirectory("rb-aioutliers-").FullName;
        try
        {
            // A worker that died while it uploaded may have left half a model; its training is what this job repeats.
            await store.DownloadNewestAsync(target.Model, folder, cancellation);
            await store.KeepLatestAsync(target.Model, cancellation);
            await work.TrainAsync(target, folder, progress, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (!await lease.IsHeldAsync())
                throw new LeaseLostException();
            // From here on it is quick, and half an upload would be worse than a late end.
            var version = await store.UploadAsync(target.Model, folder, lease.Lost);
            return $"{target.Model} is trained and uploaded as version {version}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
