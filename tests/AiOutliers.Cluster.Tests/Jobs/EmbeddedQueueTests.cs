using System.Collections.Concurrent;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
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
        using var queue = JobQueue.Open(new() { Workers = 3, Lease = TimeSpan.FromSeconds(3) }, TestJobs.Kinds, NullLoggerFactory.Instance);
        var store = new ModelStore(new FolderObjectStore(_folder.Path), TimeProvider.System);
        var work = new CountingWork();
        using var stop = new CancellationTokenSource();
        var ids = Enumerable.Range(0, 3).Select(_ => queue.Train("traffic", null)).ToList();

        var running = new JobWorker(queue, [TestJobs.Work(store, work.TrainAsync)], TimeProvider.System, NullLoggerFactory.Instance).RunAsync(stop.Token);
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
        using var queue = JobQueue.Open(new(), TestJobs.Kinds, NullLoggerFactory.Instance);
        var board = new JobBoard(queue);
        var id = queue.Train("traffic", null);

        (await Should.ThrowAsync<AiOutliersException>(() => board.RetryAsync(id))).Message.ShouldContain("waiting already");
        await board.CancelAsync(id);
        (await Should.ThrowAsync<AiOutliersException>(() => board.CancelAsync(id))).Message.ShouldContain("cancelled already");
        await board.RetryAsync(id);
        (await board.FindAsync(id))!.State.ShouldBe(JobState.Waiting);
        (await Should.ThrowAsync<AiOutliersException>(() => board.CancelAsync("nonsense"))).Message.ShouldContain("the job 'nonsense' does not exist");
        Should.Throw<AiOutliersException>(() => queue.Train("../x", null));
    }

    [Fact]
    public async Task Newest_OfASubject_IsItsOwnUntilAnotherIsEnqueued()
    {
        using var queue = JobQueue.Open(new(), TestJobs.Kinds, NullLoggerFactory.Instance);
        var board = new JobBoard(queue);
        var first = queue.Train("traffic", null);
        queue.Train("other", null);
        var asked = (await board.FindAsync(first))!.Payload!;

        (await board.NewestAsync(asked))!.Id.ShouldBe(first);
        var second = queue.Train("traffic", "sensor 1");
        (await board.NewestAsync(asked))!.Id.ShouldBe(second);
        await board.CancelAsync(second);
        (await board.NewestAsync(asked))!.State.ShouldBe(JobState.Cancelled);
    }

    /// <summary>Another kind than the service's: nothing in the queue is about training.</summary>
    [Fact]
    public async Task Work_AnotherKind_GetsItsPayloadAndTheLeaseOfItsSubject()
    {
        var kind = new JobKind("count", new JobField("what", static text => text.Length < 10), new JobField("how", static text => text == "fast", isOptional: true));
        using var queue = JobQueue.Open(new() { Workers = 3, Lease = TimeSpan.FromSeconds(3) }, [kind], NullLoggerFactory.Instance);
        var work = new CountedWork(kind);
        using var stop = new CancellationTokenSource();
        string[] ids = [queue.Enqueue(JobPayload.Of(kind, "sheep", "fast")), queue.Enqueue(JobPayload.Of(kind, "sheep", null))];

        var running = new JobWorker(queue, [work], TimeProvider.System, NullLoggerFactory.Instance).RunAsync(stop.Token);
        await JobWaiting.UntilAsync(queue, ids, JobState.Done, () => "");
        await stop.CancelAsync();
        await running;

        work.Seen.Order(StringComparer.Ordinal).ShouldBe(["sheep", "sheep fast"]);
        work.MostAtOnce.ShouldBe(1);
        Should.Throw<ArgumentException>(() => JobPayload.Of(kind, "sheep", "slow"));
        Should.Throw<ArgumentException>(() => JobPayload.Of(kind, null, "fast"));
    }

    [Fact]
    public async Task Work_KindThatNothingDoes_IsSaidAtOnce()
    {
        using var queue = JobQueue.Open(new(), TestJobs.Kinds, NullLoggerFactory.Instance);
        var worker = new JobWorker(queue, [], TimeProvider.System, NullLoggerFactory.Instance);
        (await Should.ThrowAsync<InvalidOperationException>(() => worker.RunAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("'train'");
    }

    private sealed class CountedWork(JobKind kind) : IJobWork
    {
        private int _running;

        public JobKind Kind => kind;

        public int MostAtOnce { get; private set; }

        public ConcurrentBag<string> Seen { get; } = [];

        public async Task<string> RunAsync(JobPayload job, ILease lease, IProgress<JobProgress> progress, CancellationToken cancellation)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
            Seen.Add($"{job.Subject} {job.Value("how")}".TrimEnd());
            await Task.Delay(50, cancellation);
            (await lease.IsHeldAsync()).ShouldBeTrue();
            Interlocked.Decrement(ref _running);
            return "counted";
        }
    }

    private sealed class CountingWork
    {
        private int _running, _count;

        public int MostAtOnce { get; private set; }

        public List<string?> SawNewest { get; } = [];

        public async Task TrainAsync(string model, string folder, CancellationToken cancellation)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
            SawNewest.Add(File.Exists(Path.Combine(folder, "traffic.ini")) ? ModelFolderContent.MarkOf(folder, "traffic") : null);
            await Task.Delay(50, cancellation);
            ModelFolderContent.WriteModel(folder, model, $"{++_count}");
            Interlocked.Decrement(ref _running);
        }
    }
}
