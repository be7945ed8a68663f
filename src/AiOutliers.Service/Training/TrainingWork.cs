using System.Globalization;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Druid;
using AiOutliers.Engine.Training;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Training;

/// <summary>The work of a job: the same training that <c>train</c> does, in the job's folder.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="source">Where the data comes from, for all jobs; null when none is configured, which every job then tells.</param>
/// <param name="clock">Says when the training interval ends.</param>
internal sealed class TrainingWork(Settings settings, IDruidSource? source, TimeProvider clock) : ITrainingWork
{
    /// <summary>Cores that a training may use; several jobs at once share them.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount / settings.Cluster.Queue.Workers);

    public async Task TrainAsync(TrainingTarget target, string folder, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var request = new TrainingRequest(target.Model)
        {
            Sensors = target.Sensor is { } sensor ? [sensor] : [],
            // The store keeps what was there as a version; the job's folder is gone after it.
            Backup = settings.Engine.Training.BackupPath is not null,
            Threads = Threads,
        };
        var outcome = await new TrainingJob(settings.Engine, folder, source, clock)
            .RunAsync(request, new Translation(progress), cancellation);
        // Half a training is none: the job goes back to the queue.
        if (!outcome.IsSaved)
            throw new OperationCanceledException(cancellation);
    }

    /// <summary>At once, on the training's own thread: a report that came later would find the job ended.</summary>
    private sealed class Translation(IProgress<JobProgress> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report(value.Epoch is { } epoch
            ? new((double)epoch.Epoch / epoch.Epochs, string.Create(
                CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} of {epoch.Epochs}, loss {epoch.Loss:0.0000}"))
            : new(0, value.Step));
    }
}
