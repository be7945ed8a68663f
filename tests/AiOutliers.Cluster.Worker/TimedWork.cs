using AiOutliers.Cluster.Jobs;
using AiOutliers.Service.Training;

namespace AiOutliers.Cluster.Worker;

/// <summary>Takes as long as the test says, or fails as it says, and leaves a good model: for what a training of its own length could not show.</summary>
internal sealed class TimedWork(WorkerOptions options) : ITrainingWork
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public async Task TrainAsync(TrainingTarget target, string folder, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var journal = new Journal(options.Journal, target.Model);
        var steps = (int)Math.Ceiling(options.TrainingSeconds / Step.TotalSeconds);
        for (var step = 0; step < steps; step++)
        {
            journal.Write($"step-{step}");
            progress.Report(new((double)step / steps, $"step {step} of {steps}"));
            await Task.Delay(Step, cancellation);
            if (options.Deadly.Contains(target.Model))
                Environment.FailFast("as the memory's end would");
            if (options.Failing.Contains(target.Model))
                throw new InvalidOperationException("the data has too few rows");
        }
        File.Copy(options.Template + ".keras", Path.Combine(folder, target.Model + ".keras"), overwrite: true);
        var profile = await File.ReadAllTextAsync(options.Template + ".ini", cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, target.Model + ".ini"), $"# attempt {journal.Attempt}\n{profile}", cancellation);
        journal.Write("end");
    }
}
