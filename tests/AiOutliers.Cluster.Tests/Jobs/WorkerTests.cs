using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using AiOutliers.Models.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>What a worker process does with jobs that fail, are cancelled, or run when it is asked to end.</summary>
[Trait("tier", "integration")]
public sealed class WorkerTests(StoreFixture stores)
{
    [Fact]
    public async Task Work_JobThatFails_IsTriedFourTimesAndParkedWithItsReason()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var processes = new WorkerProcesses(redis, await stores.NewBucketAsync()) { Failing = ["bad"], TrainingSeconds = 0.1 };
        using var queue = Open(redis);
        string[] ids = [queue.Train("bad", "sensor 1")];
        processes.Start();

        await JobWaiting.UntilAsync(queue, ids, JobState.Parked, processes.Logs);

        var board = new JobBoard(queue);
        var job = (await board.FindAsync(ids[0])).ShouldNotBeNull();
        job.Reason!.ShouldContain("the data has too few rows");
        job.Payload!.Value("sensor").ShouldBe("sensor 1");
        (job.Attempts, job.LostLeases).ShouldBe((4, 0));
        processes.Attempts().Count.ShouldBe(4);

        await board.RetryAsync(ids[0]);
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count >= 8), processes.Logs);
        await JobWaiting.UntilAsync(queue, ids, JobState.Parked, processes.Logs);
        processes.Attempts().Count.ShouldBe(8);
    }

    [Fact]
    public async Task Work_AskedToEnd_FinishesItsJob()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var processes = new WorkerProcesses(redis, await stores.NewBucketAsync()) { TrainingSeconds = 1.5, GraceSeconds = 60 };
        using var queue = Open(redis);
        string[] ids = [queue.Train("one", null), queue.Train("two", null)];
        var worker = processes.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count == 1), processes.Logs);

        (await worker.StopAsync()).ShouldBe(0);

        var board = new JobBoard(queue);
        (await board.FindAsync(ids[0]))!.State.ShouldBe(JobState.Done, worker.Log);
        (await board.FindAsync(ids[1]))!.State.ShouldBe(JobState.Waiting, worker.Log);
        processes.Attempts().ShouldHaveSingleItem().Ended.ShouldBeTrue();
    }

    [Fact]
    public async Task Work_AskedToEndDuringALongJob_HandsItBack()
    {
        await using var redis = await RedisServer.StartAsync();
        var s3 = await stores.NewBucketAsync();
        await using var slow = new WorkerProcesses(redis, s3) { TrainingSeconds = 600, GraceSeconds = 1 };
        using var queue = Open(redis);
        string[] ids = [queue.Train("one", null)];
        var worker = slow.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(slow.Attempts().Count == 1), slow.Logs);

        (await worker.StopAsync()).ShouldBe(0);

        (await new JobBoard(queue).FindAsync(ids[0]))!.State.ShouldBe(JobState.Waiting, worker.Log);
        // Long before a lease of this length would have expired.
        await using var quick = new WorkerProcesses(redis, s3) { TrainingSeconds = 0.1, LeaseSeconds = 600 };
        quick.Start();
        await JobWaiting.UntilAsync(queue, ids, JobState.Done, () => slow.Logs() + quick.Logs());
    }

    [Fact]
    public async Task Cancel_RunningJob_IsStoppedAndNothingIsUploaded()
    {
        await using var redis = await RedisServer.StartAsync();
        var s3 = await stores.NewBucketAsync();
        await using var processes = new WorkerProcesses(redis, s3) { TrainingSeconds = 600 };
        using var queue = Open(redis);
        string[] ids = [queue.Train("one", null)];
        processes.Start();
        var board = new JobBoard(queue);
        await JobWaiting.UntilAsync(async () => (await board.FindAsync(ids[0]))!.Progress is { Step: var step } && step.Contains("of 12000", StringComparison.Ordinal), processes.Logs);

        await board.CancelAsync(ids[0]);
        string[] next = [queue.Train("one", null)];
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count == 2), processes.Logs);

        (await board.FindAsync(ids[0]))!.State.ShouldBe(JobState.Cancelled);
        (await board.FindAsync(next[0]))!.State.ShouldBe(JobState.Running);
        JournalAttempt.Overlaps(processes.Attempts()).ShouldBeEmpty();
        using var objects = new S3ObjectStore(s3);
        (await new ModelStore(objects, TimeProvider.System).ListAsync()).ShouldBeEmpty();
    }

    private static JobQueue Open(RedisServer redis) => JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, null), Lease = TimeSpan.FromSeconds(3) }, TestJobs.Kinds, NullLoggerFactory.Instance);
}
