using System.Text.Json;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using AiOutliers.Detection;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using static AiOutliers.Cluster.Tests.Jobs.PoisonedJob;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Somebody who can write to Redis: nothing of theirs runs, and the workers go on.</summary>
[Trait("tier", "integration")]
public sealed class PoisonedQueueTests(StoreFixture stores) : IDisposable
{
    private const string Queue = Prefix + "queue:default";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Work_JobsOfEveryShape_AreParkedAndTheGoodOnesBehindThemAreDone()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},syncTimeout=30000,asyncTimeout=30000");
        var redis = connection.GetDatabase();
        await using var processes = new WorkerProcesses(server, await stores.NewBucketAsync()) { TrainingSeconds = 0.1 };
        using var queue = Open(server);
        var poisoned = PoisonedJobs.All(_folder.Path);
        poisoned.Count.ShouldBeGreaterThanOrEqualTo(70);
        foreach (var job in poisoned)
        {
            await job.WriteAsync(redis);
            await redis.ListLeftPushAsync(Queue, job.Id);
        }
        var elsewhere = await WriteElsewhereAsync(redis);
        var former = OfOurs("as older versions wrote it", Json("\"former\"", "\"sensor 1\"", null, null));
        await former.WriteAsync(redis);
        await redis.ListLeftPushAsync(Queue, former.Id);
        string[] good = [former.Id, .. Enumerable.Range(0, 5).Select(i => queue.Train($"model{i}", null))];
        processes.Start();
        processes.Start();

        var board = new JobBoard(queue);
        await JobWaiting.UntilAsync(async () => processes.Workers.Any(static worker => worker.HasExited) || await AreDoneAsync(board, good), processes.Logs);

        processes.Workers.ShouldAllBe(static worker => !worker.HasExited, processes.Logs());
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
        await JobWaiting.UntilAsync(queue, [.. poisoned.Select(static job => job.Id), elsewhere], JobState.Parked, processes.Logs);
        await JobWaiting.UntilAsync(async () => await redis.ListLengthAsync(Queue) + await redis.ListLengthAsync(Queue + ":dequeued") == 0, processes.Logs);
        (await board.ListAsync()).Count(static job => job.State == JobState.Parked).ShouldBe(poisoned.Count + 1);
        foreach (var job in poisoned)
            (await board.FindAsync(job.Id))!.Reason.ShouldNotBeNull().ShouldContain("refused", Case.Sensitive, job.Shape);
        var lines = processes.Logs().Split('\n');
        lines.ShouldAllBe(static line => line.Length < 1000);
        lines.ShouldNotContain(static line => line.StartsWith("12:00:00.000 Critical", StringComparison.Ordinal) || line.Contains('\u001b'));
        lines.ShouldNotContain(static line => line.Contains("poison runs", StringComparison.Ordinal));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
        processes.Workers.ShouldAllBe(static worker => !worker.HasExited);
    }

    [Fact]
    public async Task Work_RefusedJob_IsCountedAndOnlyCancelled()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        using var queue = Open(server);
        using var refused = new MetricCount("aioutliers.jobs.refused");
        using var stop = new CancellationTokenSource();
        var store = new ModelStore(new FolderObjectStore(_folder.Path), TimeProvider.System);
        var job = Writing("file");
        await job.WriteAsync(connection.GetDatabase());
        await connection.GetDatabase().ListLeftPushAsync(Queue, job.Id);

        var running = new JobWorker(
            queue, [TestJobs.Work(store, static (_, _, _) => Task.CompletedTask)], TimeProvider.System, NullLoggerFactory.Instance).RunAsync(stop.Token);
        await JobWaiting.UntilAsync(queue, [job.Id], JobState.Parked, () => "");
        await stop.CancelAsync();
        await running;

        refused.Total.ShouldBeGreaterThanOrEqualTo(1);
        var board = new JobBoard(queue);
        (await Should.ThrowAsync<AiOutliersException>(() => board.RetryAsync(job.Id))).Message.ShouldContain("was refused");
        await board.CancelAsync(job.Id);
        (await board.FindAsync(job.Id))!.State.ShouldBe(JobState.Cancelled);
    }

    /// <summary>Jobs that reach workers by other ways: no job behind an id, keys of other kinds (also under the queue's own names), the schedule, recurring jobs, continuations.</summary>
    /// <returns>The job of the schedule.</returns>
    private async Task<string> WriteElsewhereAsync(IDatabase redis)
    {
        await redis.ListLeftPushAsync(Queue, [Guid.NewGuid().ToString(), "text", "list"]);
        await redis.StringSetAsync(Prefix + "job:text", "x");
        await redis.ListLeftPushAsync(Prefix + "job:list", "x");

        await redis.StringSetAsync(Prefix + "processing", "x");
        await redis.SetAddAsync(Queue + ":dequeued", "x");

        var scheduled = Writing("scheduled") with { State = "Scheduled", CreatedAt = "never" };
        await scheduled.WriteAsync(redis);
        await redis.SortedSetAddAsync(Prefix + "schedule", [new(scheduled.Id, 1), new("text", 1), new(Guid.NewGuid().ToString(), 1)]);

        var recurring = Writing("recurring");
        var payload = JsonSerializer.Serialize(new { recurring.Type, recurring.Method, recurring.ParameterTypes, recurring.Arguments });
        await redis.HashSetAsync(Prefix + "recurring-job:poison",
            [new("Queue", "default"), new("Cron", "* * * * *"), new("Job", payload), new("NextExecution", "1"), new("CreatedAt", "1"), new("V", "2")]);
        await redis.SortedSetAddAsync(Prefix + "recurring-jobs", "poison", 1);

        var continuation = Writing("continuation") with { State = "Awaiting" };
        await continuation.WriteAsync(redis);
        await redis.HashSetAsync(
            Prefix + $"job:{continuation.Id}:state", [new("State", "Awaiting"), new("NextState", """{"$type":"Hangfire.States.EnqueuedState, Hangfire.Core"}""")]);
        var parent = OfOurs("continued", Json("\"parent\"", null, null, null)) with
        {
            More = [("Continuations", $$"""[{"JobId":"{{continuation.Id}}","Options":0}]""")],
        };
        await parent.WriteAsync(redis);
        await redis.ListLeftPushAsync(Queue, parent.Id);
        return scheduled.Id;
    }

    private static JobQueue Open(RedisServer server) =>
        JobQueue.Open(new() { Redis = new("127.0.0.1", server.Port, null), Lease = TimeSpan.FromSeconds(3) }, TestJobs.Kinds, NullLoggerFactory.Instance);

    private PoisonedJob Writing(string shape) => Static(
        shape, "System.IO.File, System.Private.CoreLib", "WriteAllText", ["String", "String"], Path.Combine(_folder.Path, shape), "x");

    private static async Task<bool> AreDoneAsync(JobBoard board, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            if ((await board.FindAsync(id))?.State != JobState.Done)
                return false;
        }
        return true;
    }
}
