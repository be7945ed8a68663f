using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Cluster.Worker;

/// <summary>Writes what the real work does into the journal: begin, every report, end.</summary>
internal sealed class JournaledTraining(ITrainingWork work, WorkerOptions options) : ITrainingWork
{
    public async Task TrainAsync(TrainingJob job, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var journal = new Journal(options.Journal, job.Model);
        journal.Write("begin");
        await work.TrainAsync(job, new Journaled(journal, progress), cancellation);
        journal.Write("end");
    }

    private sealed class Journaled(Journal journal, IProgress<TrainingProgress> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            journal.Write(value.Step.Replace(' ', '-'));
            progress.Report(value);
        }
    }
}
