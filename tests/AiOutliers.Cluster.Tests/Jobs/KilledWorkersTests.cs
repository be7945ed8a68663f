using System.Diagnostics;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Tests.Servers;
using AiOutliers.Cluster.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Three worker processes that train, each killed at a random moment and restarted.</summary>
[Trait("tier", "integration")]
public sealed class KilledWorkersTests(StoreFixture stores)
{
    private const int Workers = 3, Jobs = 60, Models = 50;

    /// <summary>Passes over a day: a few tenths of a second, so that a kill finds each part of a job.</summary>
    private const int Epochs = 200;

    /// <summary>
    /// One round by default; AIOUTLIERS_KILL_ROUNDS asks for more (bench/cluster.sh runs five). Some jobs share a model: those must wait for each other.
    /// Every tenth model is new to the store, the others are trained further.
    /// </summary>
    [Fact]
    public async Task Work_EveryWorkerKilledAtARandomMoment_LosesNoJobAndNeverTrainsAModelTwiceAtOnce()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("AIOUTLIERS_KILL_ROUNDS"), out var asked) ? asked : 1;
        await using var redis = await RedisServer.StartAsync();
        await using var broker = await new TrafficBroker().StartAsync();
        var s3 = await stores.NewBucketAsync();
        for (var round = 0; round < rounds; round++)
        {
            var names = Enumerable.Range(0, Models).Select(i => $"round{round}-model{i}").ToList();
            await StoredModels.PushAsync(s3, [.. names.Where((_, i) => i % 10 != 0)]);
            await using var processes = new WorkerProcesses(redis, s3) { Druid = broker.Endpoint };
            processes.Environment["Outliers__epochs"] = $"{Epochs}";
            using var queue = Open(redis);
            var ids = Enumerable.Range(0, Jobs).Select(i => queue.Train(names[i % Models], null)).ToList();
            var (random, started) = (new Random(round), Stopwatch.GetTimestamp());
            var moments = Enumerable.Range(0, Workers).Select(_ => random.NextDouble()).ToList();
            await Task.WhenAll(moments.Select(moment => KilledAndRestartedAsync(processes, moment)));

            // One job may meet all three kills; it is parked then, and somebody puts it back.
            await JobWaiting.UntilAsync(queue, ids, JobState.Done, processes.Logs, retryParked: true);

            var attempts = processes.Attempts();
            JournalAttempt.Overlaps(attempts).ShouldBeEmpty(processes.Logs());
            attempts.Count(attempt => attempt.Ended).ShouldBeGreaterThanOrEqualTo(Jobs);
            var models = await StoredModels.LoadAllAsync(s3);
            models.Count.ShouldBe(Models * (round + 1));
            models.ShouldAllBe(model => model.Training != null);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"round {round + 1}: {Jobs} jobs done in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {attempts.Count} attempts, {attempts.Count(attempt => !attempt.Ended)} cut off in training");
        }
    }

    /// <summary>Killed a random while after it has begun its first training: starting takes much longer on a machine that is busy.</summary>
    private static async Task KilledAndRestartedAsync(WorkerProcesses processes, double when)
    {
        var worker = processes.Start();
        await JobWaiting.UntilAsync(() => Task.FromResult(worker.Log.Contains("train round", StringComparison.Ordinal)), () => worker.Log);
        await Task.Delay(TimeSpan.FromSeconds(4 * when));
        // Never between two jobs, where a kill would show nothing.
        await JobWaiting.UntilAsync(() => Task.FromResult(HasJob(worker.Log)), () => worker.Log);
        await worker.KillAsync();
        processes.Start();
    }

    private static bool HasJob(string log) => log.Split("train round").Length > log.Split("is trained and uploaded").Length;

    private static JobQueue Open(RedisServer redis) => JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, null), Lease = TimeSpan.FromSeconds(3) }, TestJobs.Kinds, NullLoggerFactory.Instance);
}
