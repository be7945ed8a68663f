using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>No Redis, no S3: the queue in this process and a folder.</summary>
public sealed class EmbeddedQueueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Work_JobsOfOneModel_RunOneAfterTheOtherAndBecomeVersions()
    {
        using var queue = JobQueue.Open(new() { Workers = 3, Lease = TimeSpan.FromSeconds(3) }, NullLoggerFactory.Instance);
        var store = new ModelStore(new FolderObjectStore(_folder.Path), TimeProvider.System);
        var work = new CountingWork();
        using var stop = new CancellationTokenSource();
        var ids = Enumerable.Range(0, 3).Select(_ => queue.Enqueue(new("traffic", null))).ToList();

        var running = new JobWorker(queue, work, store, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(stop.Token);
        await JobWaiting.UntilAsync(queue, ids, JobState.Done, () => "");
        await stop.CancelAsync();
        await running;

        work.MostAtOnce.ShouldBe(1);
        work.SawNewest.ShouldBe([null, "1", "2"]);
        (await store.VersionsAsync("traffic")).Count.ShouldBe(3);
        ModelFolderContent.MarkOf(_folder.Path, "traffic").ShouldBe("3");
    }

    [Fact]
    public async Task RetryAndCancel_JobsThatAreNotSo_SaySo()
    {
        using var queue = JobQueue.Open(new(), NullLoggerFactory.Instance);
        var board = new JobBoard(queue);
        var id = queue.Enqueue(new("traffic", null));

        (await Should.ThrowAsync<AiOutliersException>(() => board.RetryAsync(id))).Message.ShouldContain("waiting already");
        await board.CancelAsync(id);
        (await Should.ThrowAsync<AiOutliersException>(() => board.CancelAsync(id))).Message.ShouldContain("cancelled already");
        await board.RetryAsync(id);
        (await board.FindAsync(id))!.State.ShouldBe(JobState.Waiting);
        (await Should.ThrowAsync<AiOutliersException>(() => board.CancelAsync("nonsense"))).Message.ShouldContain("the job 'nonsense' does not exist");
        Should.Throw<AiOutliersException>(() => queue.Enqueue(new("../x", null)));
    }

    private sealed class CountingWork : ITrainingWork
    {
        private int _running, _count;

        public int MostAtOnce { get; private set; }

        public List<string?> SawNewest { get; } = [];

        public async Task TrainAsync(TrainingJob job, IProgress<TrainingProgress> progress, CancellationToken cancellation)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
            SawNewest.Add(File.Exists(Path.Combine(job.Folder, "traffic.ini")) ? ModelFolderContent.MarkOf(job.Folder, "traffic") : null);
            await Task.Delay(50, cancellation);
            ModelFolderContent.WriteModel(job.Folder, job.Model, $"{++_count}");
            Interlocked.Decrement(ref _running);
        }
    }
}
