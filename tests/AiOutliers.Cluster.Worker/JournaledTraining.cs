using AiOutliers.Cluster.Jobs;
using AiOutliers.Service.Training;

namespace AiOutliers.Cluster.Worker;

/// <summary>Writes what the real work does into the journal: begin, every report, end.</summary>
internal sealed class JournaledTraining(ITrainingWork work, WorkerOptions options) : ITrainingWork
{
    public async Task TrainAsync(TrainingTarget target, string folder, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var journal = new Journal(options.Journal, target.Model);
        journal.Write("begin");
        await work.TrainAsync(target, folder, new Journaled(journal, progress), cancellation);
        journal.Write("end");
    }

    private sealed class Journaled(Journal journal, IProgress<JobProgress> progress) : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
            journal.Write(value.Step.Replace(' ', '-'));
            progress.Report(value);
        }
    }
}
