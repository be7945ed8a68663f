using System.Globalization;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Training;

/// <summary>The work of a job: the same training that <c>train</c> does, in the job's folder.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="clock">Says when the training interval ends.</param>
internal sealed class TrainingWork(Settings settings, TimeProvider clock) : ITrainingWork
{
    public static ITrainingWork Create(Settings settings, ClusterRuntime runtime) => new TrainingWork(settings, runtime.Clock);

    public async Task TrainAsync(Cluster.Jobs.TrainingJob job, IProgress<Cluster.Jobs.TrainingProgress> progress, CancellationToken cancellation)
    {
        var inFolder = settings with { Models = settings.Models with { Path = job.Folder } };
        // Several jobs at once share the cores.
        var request = new TrainingRequest(job.Model)
        {
            Sensors = job.Sensor is { } sensor ? [sensor] : [],
            Threads = Math.Max(1, Environment.ProcessorCount / settings.Cluster.Queue.Workers),
        };
        var steps = new Progress<TrainingProgress>(step => progress.Report(Translate(step)));
        var outcome = await new TrainingJob(inFolder, DataSource.Open(settings.DruidEndpoint), clock).RunAsync(request, steps, cancellation);
        // Half a training is none: the job goes back to the queue.
        if (!outcome.IsSaved)
            throw new OperationCanceledException(cancellation);
    }

    private static Cluster.Jobs.TrainingProgress Translate(TrainingProgress step) => step.Epoch is { } epoch
        ? new((double)epoch.Epoch / epoch.Epochs, string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} of {epoch.Epochs}, loss {epoch.Loss:0.0000}"))
        : new(0, step.Step);
}
