using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using static AiOutliers.Cluster.Tests.Jobs.PoisonedJob;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Jobs whose worker is gone, with whatever else lies in Redis beside them.</summary>
[Trait("tier", "integration")]
public sealed class OrphanedJobsTests
{
    private const string Queue = Prefix + "queue:default", Taken = Queue + ":dequeued", Running = Prefix + "processing";

    [Theory]
    [InlineData(Queue)]
    [InlineData(Running)]
    public async Task Look_QueueNameOfAnotherKind_IsMovedAsideAndTheJobGoesBack(string name)
    {
        await using var server = await RedisServer.StartAsync();
        using var queue = Open(server);
        var redis = queue.Redis!.GetDatabase();
        var id = queue.Train("traffic", null);
        await redis.ListMoveAsync(Queue, Taken, ListSide.Right, ListSide.Left);
        await redis.KeyDeleteAsync(name);
        await redis.StringSetAsync(name, "x");
        using var refused = new MetricCount("aioutliers.jobs.refused");

        await LookAsync(queue);

        (await redis.ListRangeAsync(Queue)).ShouldBe([id]);
        ((string?)await redis.StringGetAsync(Prefix + "foreign:" + name[Prefix.Length..])).ShouldBe("x");
        refused.Total.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task Look_JobsThatAreNone_AreTakenOffAndTheOthersGoBack()
    {
        await using var server = await RedisServer.StartAsync();
        using var queue = Open(server);
        var redis = queue.Redis!.GetDatabase();
        var id = queue.Train("traffic", null);
        await redis.KeyDeleteAsync(Queue);
        await redis.HashSetAsync(Prefix + "job:" + id, "State", "Processing");
        await redis.StringSetAsync(Prefix + "job:a-text", "x");
        await redis.SortedSetAddAsync(Running, [new("a-text", 1), new("gone", 1), new(id, 2)]);
        await redis.ListLeftPushAsync(Taken, ["a-text", "gone"]);

        await LookAsync(queue);

        (await redis.ListRangeAsync(Queue)).ShouldBe([id]);
        (await redis.ListLengthAsync(Taken)).ShouldBe(0);
        (await redis.SortedSetRangeByRankAsync(Running)).ShouldBe([id]);
    }

    [Fact]
    public async Task Look_ThirdLostLease_ParksUntilRetriedByHand()
    {
        await using var server = await RedisServer.StartAsync();
        using var queue = Open(server);
        var (redis, board) = (queue.Redis!.GetDatabase(), new JobBoard(queue));
        var id = queue.Train("traffic", null);
        for (var lost = 1; lost <= 3; lost++)
        {
            (await board.FindAsync(id))!.State.ShouldBe(JobState.Waiting);
            await redis.ListMoveAsync(Queue, Taken, ListSide.Right, ListSide.Left);
            await redis.HashSetAsync(Prefix + "job:" + id, JobNumber.Begun, 1);
            await LookAsync(queue);
            (await board.FindAsync(id))!.LostLeases.ShouldBe(lost);
        }
        var parked = (await board.ListAsync()).ShouldHaveSingleItem();
        parked.State.ShouldBe(JobState.Parked);
        parked.Reason.ShouldNotBeNull().ShouldContain("3 lost leases");
        (await board.CountAsync()).ShouldBe(new(0, 0, 0, 1));

        await board.RetryAsync(id);
        var again = (await board.FindAsync(id))!;
        (again.State, again.LostLeases).ShouldBe((JobState.Waiting, 0));
    }

    /// <summary>A slow machine takes a moment from the job to its lease: the attempt may begin after the job went back.</summary>
    [Fact]
    public async Task Look_JobThatWasTakenAndNotBegun_LosesNothing_UntilAttemptsBegan()
    {
        await using var server = await RedisServer.StartAsync();
        using var queue = Open(server);
        var (redis, board) = (queue.Redis!.GetDatabase(), new JobBoard(queue));
        var id = queue.Train("traffic", null);
        for (var time = 0; time < 4; time++)
        {
            await redis.ListMoveAsync(Queue, Taken, ListSide.Right, ListSide.Left);
            await LookAsync(queue);
            var job = (await board.FindAsync(id))!;
            (job.State, job.LostLeases).ShouldBe((JobState.Waiting, 0));
        }
        await redis.HashSetAsync(Prefix + "job:" + id, JobNumber.Begun, 2);
        await redis.ListMoveAsync(Queue, Taken, ListSide.Right, ListSide.Left);

        await LookAsync(queue);

        (await board.FindAsync(id))!.LostLeases.ShouldBe(2);
    }

    /// <summary>Else two workers would run it: the one that has just taken it, and the next.</summary>
    [Fact]
    public async Task Look_JobThatWentBackAndWasTakenAtOnce_HasAsLongForItsLeaseAgain()
    {
        await using var server = await RedisServer.StartAsync();
        using var queue = Open(server);
        var redis = queue.Redis!.GetDatabase();
        queue.Train("traffic", null);
        var time = new SteppedClock();
        var orphans = new OrphanedJobs(queue.Redis!, queue.Settings, queue.Repeated, time, NullLogger<OrphanedJobs>.Instance);
        var counts = new List<long>();
        for (var look = 0; look < 6; look++)
        {
            await redis.ListMoveAsync(Queue, Taken, ListSide.Right, ListSide.Left);
            await orphans.LookAsync();
            counts.Add(await redis.ListLengthAsync(Queue));
            time.Step += queue.Settings.Lease * 0.3;
        }

        counts.ShouldBe([0, 0, 1, 0, 0, 1]);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("1e308")]
    [InlineData("nan")]
    public async Task Look_CountThatIsNotOne_Parks(string count)
    {
        await using var server = await RedisServer.StartAsync();
        using var queue = Open(server);
        var id = queue.Train("traffic", null);
        var redis = queue.Redis!.GetDatabase();
        await redis.HashSetAsync(Prefix + "job:" + id, OrphanedJobs.LostLeases, count);
        await redis.ListMoveAsync(Queue, Taken, ListSide.Right, ListSide.Left);

        await LookAsync(queue);

        (await new JobBoard(queue).FindAsync(id))!.State.ShouldBe(JobState.Parked);
    }

    /// <summary>Twice, more than half a lease apart.</summary>
    private static async Task LookAsync(JobQueue queue)
    {
        var time = new SteppedClock();
        var orphans = new OrphanedJobs(queue.Redis!, queue.Settings, queue.Repeated, time, NullLogger<OrphanedJobs>.Instance);
        await orphans.LookAsync();
        time.Step += queue.Settings.Lease;
        await orphans.LookAsync();
    }

    private static JobQueue Open(RedisServer server) =>
        JobQueue.Open(new() { Redis = new("127.0.0.1", server.Port, null) }, TestJobs.Kinds, NullLoggerFactory.Instance);

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long GetTimestamp() => System.GetTimestamp() + (Step.Ticks * System.TimestampFrequency / TimeSpan.TicksPerSecond);
    }
}
