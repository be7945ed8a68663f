using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using AiOutliers.Detection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Jobs;

public sealed class JobSchedulerTests
{
    private static readonly DateTime Tick = new(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("0 0 2 * * *")]
    [InlineData("0 2 * *")]
    [InlineData("61 2 * * *")]
    [InlineData("often")]
    [InlineData("")]
    public void Parse_NoFiveFields_SaysSo(string text) => Should.Throw<AiOutliersException>(() => JobScheduler.Parse(text)).Message.ShouldContain("five fields");

    [Fact]
    public async Task Enqueue_SameTimeAgain_IsOnceAndTheNextTimeWaitsForTheJob()
    {
        using var queue = JobQueue.Open(new(), TestJobs.Kinds, NullLoggerFactory.Instance);
        var scheduler = Create(queue, 3);

        (await scheduler.EnqueueAsync(Tick, default)).ShouldBe(3);
        (await scheduler.EnqueueAsync(Tick, default)).ShouldBe(0);
        (await scheduler.EnqueueAsync(Tick.AddHours(1), default)).ShouldBe(0, "the jobs of the last time still wait");

        var board = new JobBoard(queue);
        foreach (var job in await board.ListAsync())
            await board.CancelAsync(job.Id);
        (await scheduler.EnqueueAsync(Tick.AddHours(2), default)).ShouldBe(3);
        (await scheduler.EnqueueAsync(Tick.AddHours(1), default)).ShouldBe(0, "a clock that was set back enqueues nothing twice");
    }

    [Fact]
    [Trait("tier", "integration")]
    public async Task Enqueue_ManySchedulersAtOnce_IsOnce()
    {
        await using var redis = await RedisServer.StartAsync();
        var queues = Enumerable.Range(0, 5).Select(_ =>
            JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, null) }, TestJobs.Kinds, NullLoggerFactory.Instance)).ToList();

        var counts = await Task.WhenAll(queues.Select(queue => Task.Run(() => Create(queue, 20).EnqueueAsync(Tick, default))));

        counts.Sum().ShouldBe(20);
        (await new JobBoard(queues[0]).ListAsync()).Select(job => job.Subject).Order().ShouldBe(Enumerable.Range(0, 20).Select(i => $"model{i}").Order());
        queues.ForEach(queue => queue.Dispose());
    }

    [Theory]
    [InlineData("tick", "2099-01-01T00:00:00Z")]
    [InlineData("tick", "soon")]
    [InlineData("other", "x")]
    [Trait("tier", "integration")]
    public async Task Enqueue_EntryOfAWrongClock_IsIgnoredAndSaid(string field, string text)
    {
        await using var redis = await RedisServer.StartAsync();
        using var queue = JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, null) }, TestJobs.Kinds, NullLoggerFactory.Instance);
        await queue.Redis!.GetDatabase().HashSetAsync(PoisonedJob.Prefix + "schedule:target:model:model0", field, text);
        await queue.Redis.GetDatabase().StringSetAsync(PoisonedJob.Prefix + "schedule:target:model:model1", "of another kind");
        await queue.Redis.GetDatabase().StringSetAsync(PoisonedJob.Prefix + "schedule:last", "of another kind");
        var log = new LogLines<JobScheduler>();

        (await Create(queue, 2, log: log).EnqueueAsync(Tick, default)).ShouldBe(2);
        (await Create(queue, 2, log: log).EnqueueAsync(Tick, default)).ShouldBe(0, "what was written over is in order");

        (await new JobBoard(queue).ListAsync()).Count.ShouldBe(2);
        log.Lines.Count(static line => line.Contains("2099-01-01T00:00:00Z, which lies in the future", StringComparison.Ordinal))
            .ShouldBe(text.StartsWith("2099", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    [Trait("tier", "integration")]
    public async Task Run_LastTimeInTheFuture_IsIgnoredAndSaidAndJobsCome()
    {
        await using var redis = await RedisServer.StartAsync();
        using var queue = JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, null) }, TestJobs.Kinds, NullLoggerFactory.Instance);
        var database = queue.Redis!.GetDatabase();
        await database.HashSetAsync(PoisonedJob.Prefix + "schedule:last", "tick", "2099-01-01T00:00:00Z");
        await database.HashSetAsync(PoisonedJob.Prefix + "schedule:target:model:model0", "tick", "2099-01-01T00:00:00Z");
        using var stop = new CancellationTokenSource();
        var log = new LogLines<JobScheduler>();
        var scheduler = Create(queue, 2, new FastClock(new DateTimeOffset(Tick).AddSeconds(-2), 60), log);

        var running = scheduler.RunAsync(stop.Token);
        await JobWaiting.UntilAsync(async () => (await new JobBoard(queue).ListAsync()).Count == 2, () => "nothing was enqueued");
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        log.Lines.ShouldContain(static line => line.Contains("schedule:last has the time 2099-01-01T00:00:00Z", StringComparison.Ordinal));
        ((string?)await database.HashGetAsync(PoisonedJob.Prefix + "schedule:last", "tick")).ShouldNotBeNull().ShouldStartWith("2024");
    }

    [Fact]
    public async Task Run_EveryMinute_EnqueuesWhenItsTimeHasCome()
    {
        using var queue = JobQueue.Open(new(), TestJobs.Kinds, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        // Two seconds before the full minute, by a clock that runs 60 times too fast.
        var time = new FastClock(new DateTimeOffset(Tick).AddSeconds(-2), 60);
        var scheduler = Create(queue, 2, time);

        var running = scheduler.RunAsync(stop.Token);
        await JobWaiting.UntilAsync(async () => (await new JobBoard(queue).ListAsync()).Count == 2, () => "nothing was enqueued");
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    private static JobScheduler Create(JobQueue queue, int models, TimeProvider? time = null, LogLines<JobScheduler>? log = null) => new(
        queue, JobScheduler.Parse("* * * * *"),
        _ => Task.FromResult<IReadOnlyList<JobPayload>>([.. Enumerable.Range(0, models).Select(i => TestJobs.Training($"model{i}", null))]),
        time ?? TimeProvider.System, (ILogger<JobScheduler>?)log ?? NullLogger<JobScheduler>.Instance);

    private sealed class FastClock(DateTimeOffset start, int factor) : TimeProvider
    {
        private readonly long _begun = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_begun) * factor;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime / factor, period);
    }
}
