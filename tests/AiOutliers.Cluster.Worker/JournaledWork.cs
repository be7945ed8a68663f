using System.Globalization;
using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Cluster.Worker;

/// <summary>
/// Takes a while and leaves a good model, as a training does. Every step is a line of the journal, <c>attempt model milliseconds step</c>, so that the
/// tests see when two attempts on a model overlap.
/// </summary>
internal sealed class JournaledWork(WorkerOptions options) : ITrainingWork
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public async Task TrainAsync(TrainingJob job, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var attempt = Guid.NewGuid().ToString("N");
        var steps = (int)Math.Ceiling(options.TrainingSeconds / Step.TotalSeconds);
        for (var step = 0; step < steps; step++)
        {
            Write(attempt, job.Model, $"step-{step}");
            progress.Report(new((double)step / steps, $"step {step} of {steps}"));
            await Task.Delay(Step, cancellation);
            if (options.Failing.Contains(job.Model))
                throw new InvalidOperationException("the data has too few rows");
        }
        File.Copy(options.Template + ".keras", Path.Combine(job.Folder, job.Model + ".keras"), overwrite: true);
        var profile = await File.ReadAllTextAsync(options.Template + ".ini", cancellation);
        await File.WriteAllTextAsync(Path.Combine(job.Folder, job.Model + ".ini"), $"# attempt {attempt}\n{profile}", cancellation);
        Write(attempt, job.Model, "end");
    }

    /// <summary>One write per line, at the end of the file: lines of several processes do not mix.</summary>
    private void Write(string attempt, string model, string step)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{attempt} {model} {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} {step}\n");
        using var journal = new FileStream(options.Journal, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        journal.Write(System.Text.Encoding.ASCII.GetBytes(line));
    }
}
