using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using AiOutliers.Detection;
using AiOutliers.Models.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Worker processes that are killed, stopped and restarted while they train.</summary>
[Trait("tier", "integration")]
public sealed class WorkerDeathTests(StoreFixture stores)
{
    /// <summary>Prints how long it took; AIOUTLIERS_LEASE_SECONDS=30 measures it with the lease that users have.</summary>
    [Fact]
    public async Task Work_KilledInTheMiddle_IsTakenOverByAnother()
    {
        var lease = int.TryParse(Environment.GetEnvironmentVariable("AIOUTLIERS_LEASE_SECONDS"), out var asked) ? asked : 3;
        await using var redis = await RedisServer.StartAsync();
        await using var processes = new WorkerProcesses(redis, await stores.NewBucketAsync()) { LeaseSeconds = lease, TrainingSeconds = 2 };
        using var queue = Open(redis);
        string[] ids = [queue.Train("traffic", null)];
        var first = processes.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count == 1), processes.Logs);
        processes.Start();

        await first.KillAsync();
        await JobWaiting.UntilAsync(queue, ids, JobState.Done, processes.Logs);

        var attempts = processes.Attempts().OrderBy(attempt => attempt.From).ToList();
        attempts.Select(attempt => attempt.Ended).ShouldBe([false, true]);
        TestContext.Current.TestOutputHelper?.WriteLine($"lease {lease} s: taken over after {(attempts[1].From - attempts[0].To) / 1000.0:0.0} s");
    }

    [Fact]
    public async Task Work_JobThatEndsItsWorker_IsParkedAfterThreeAndTheNextIsDone()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var processes = new WorkerProcesses(redis, await stores.NewBucketAsync()) { Deadly = ["deadly"], TrainingSeconds = 0.1 };
        using var queue = Open(redis);
        var (deadly, good) = (queue.Train("deadly", null), queue.Train("good", null));
        var board = new JobBoard(queue);

        await JobWaiting.UntilAsync(async () =>
        {
            if (processes.Workers.All(static worker => worker.HasExited))
                processes.Start();
            return (await board.FindAsync(good))!.State == JobState.Done && (await board.FindAsync(deadly))!.State == JobState.Parked;
        }, processes.Logs);

        var job = (await board.FindAsync(deadly)).ShouldNotBeNull();
        job.Reason.ShouldBe("parked after 3 lost leases: each time its worker ended or was cut off");
        job.LostLeases.ShouldBe(3);
        job.Attempts.ShouldBe(3, processes.Logs());
        processes.Workers.Count(static worker => worker.HasExited).ShouldBe(3, processes.Logs());
        processes.Logs().ShouldContain($"Job {deadly} is parked after 3 lost leases");
    }

    [Fact]
    public async Task Work_WorkerThatSleptThroughItsLease_UploadsNothing()
    {
        await using var redis = await RedisServer.StartAsync();
        var s3 = await stores.NewBucketAsync();
        await using var processes = new WorkerProcesses(redis, s3) { TrainingSeconds = 3 };
        using var queue = Open(redis);
        string[] ids = [queue.Train("traffic", null)];
        var first = processes.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count == 1), processes.Logs);

        await first.SignalAsync("STOP");
        processes.Start();
        await JobWaiting.UntilAsync(queue, ids, JobState.Done, processes.Logs);
        await first.SignalAsync("CONT");
        await JobWaiting.UntilAsync(() => Task.FromResult(first.Log.Contains("was lost", StringComparison.Ordinal) || first.Log.Contains("stopped;", StringComparison.Ordinal)), processes.Logs);

        using var objects = new S3ObjectStore(s3);
        (await new ModelStore(objects, TimeProvider.System).VersionsAsync("traffic")).ShouldHaveSingleItem();
        (await new JobBoard(queue).FindAsync(ids[0]))!.State.ShouldBe(JobState.Done, processes.Logs());
        processes.Attempts().Count(attempt => attempt.Ended).ShouldBe(1);
    }

    [Fact]
    public async Task Work_RedisRestartedDuringWork_GoesOnAndFinishesEveryJob()
    {
        await using var redis = await RedisServer.StartAsync();
        var s3 = await stores.NewBucketAsync();
        await using var processes = new WorkerProcesses(redis, s3);
        using var queue = Open(redis);
        var ids = Enumerable.Range(0, 12).Select(i => queue.Train($"model{i}", null)).ToList();
        processes.Start();
        processes.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count > 1), processes.Logs);

        await redis.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        await redis.StartAgainAsync();

        await JobWaiting.UntilAsync(() => IsUpAsync(queue), processes.Logs);
        await JobWaiting.UntilAsync(queue, ids, JobState.Done, processes.Logs);
        JournalAttempt.Overlaps(processes.Attempts()).ShouldBeEmpty();
        (await StoredModels.LoadAllAsync(s3)).Count.ShouldBe(12);
    }

    /// <summary>A Redis without persistence loses its jobs: what is enqueued afterwards is done by the same workers.</summary>
    [Fact]
    public async Task Work_RedisRestartedEmpty_WorkersGoOnWithWhatComesNext()
    {
        await using var redis = await RedisServer.StartAsync();
        var s3 = await stores.NewBucketAsync();
        await using var processes = new WorkerProcesses(redis, s3) { TrainingSeconds = 1 };
        using var queue = Open(redis);
        for (var i = 0; i < 6; i++)
            queue.Train($"before{i}", null);
        processes.Start();
        processes.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count > 1), processes.Logs);

        await redis.KillAsync();
        await redis.StartAgainAsync(keepsData: false);

        await JobWaiting.UntilAsync(() => IsUpAsync(queue), processes.Logs);
        var ids = Enumerable.Range(0, 6).Select(i => queue.Train($"after{i}", null)).ToList();
        await JobWaiting.UntilAsync(queue, ids, JobState.Done, processes.Logs);
        processes.Workers.ShouldAllBe(static worker => !worker.HasExited, processes.Logs());
        (await StoredModels.LoadAllAsync(s3)).Count(static model => model.Name.StartsWith("after", StringComparison.Ordinal)).ShouldBe(6);
    }

    [Fact]
    public async Task Work_RedisAwayForLong_IsSaidOnceAMinuteAndNotWithEachTry()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var processes = new WorkerProcesses(redis, await stores.NewBucketAsync()) { TrainingSeconds = 600 };
        using var queue = Open(redis);
        queue.Train("traffic", null);
        var worker = processes.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count == 1), processes.Logs);

        await redis.KillAsync();
        await JobWaiting.UntilAsync(() => Task.FromResult(worker.Log.Contains("cannot be reached", StringComparison.Ordinal)), processes.Logs);
        // Some thirty tries with this lease.
        await Task.Delay(TimeSpan.FromSeconds(15));

        var warnings = worker.Log.Split('\n').Where(static line => line.Contains("cannot be reached", StringComparison.Ordinal)).ToList();
        warnings.Count.ShouldBeLessThanOrEqualTo(4, worker.Log);
        worker.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task Work_StoreAwayDuringWork_JobsWaitAndThenFinish()
    {
        await using var redis = await RedisServer.StartAsync();
        var s3 = await stores.NewBucketAsync();
        await using var proxy = new UnreliableProxy(s3.Endpoint.Port);
        await using var processes = new WorkerProcesses(redis, s3 with { Endpoint = proxy.Endpoint });
        using var queue = Open(redis);
        var ids = Enumerable.Range(0, 6).Select(i => queue.Train($"model{i}", null)).ToList();
        processes.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(processes.Attempts().Count > 0), processes.Logs);

        proxy.Close();
        proxy.CutAfter = 0;
        await Task.Delay(TimeSpan.FromSeconds(4));
        proxy.CutAfter = int.MaxValue;
        proxy.Open();

        await JobWaiting.UntilAsync(queue, ids, JobState.Done, processes.Logs);
        (await StoredModels.LoadAllAsync(s3)).Count.ShouldBe(6);
    }

    /// <summary>The client mends its connection by itself; until then every question fails.</summary>
    private static async Task<bool> IsUpAsync(JobQueue queue)
    {
        try
        {
            await new JobBoard(queue).ListAsync();
            return true;
        }
        catch (AiOutliersException)
        {
            return false;
        }
    }

    private static JobQueue Open(RedisServer redis) => JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, null), Lease = TimeSpan.FromSeconds(3) }, TestJobs.Kinds, NullLoggerFactory.Instance);
}
