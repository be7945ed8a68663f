using System.Globalization;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Many jobs in Redis: they come in parts, and one of them costs no look at the others.</summary>
[Trait("tier", "integration")]
public sealed class ManyJobsTests
{
    private const int Many = 130;

    [Fact]
    public async Task Ids_OfMany_NameEveryJobOnce()
    {
        await using var redis = await RedisServer.StartAsync();
        using var queue = Open(redis);
        var board = new JobBoard(queue);
        var made = Enumerable.Range(0, Many).Select(at => queue.Train($"model{at}", null)).ToList();
        // No worker has met it: it is in the queue, too.
        await board.CancelAsync(made[0]);

        var ids = await board.IdsAsync();

        ids.Order().ShouldBe(made.Order());
        (await board.ReadAsync(ids.Skip(100).Take(50))).Select(static job => job.Id).ShouldBe(ids.Skip(100));
    }

    [Fact]
    public async Task Newest_BesideManyOthers_ReadsOnlyItsOwn()
    {
        await using var redis = await RedisServer.StartAsync();
        using var queue = Open(redis);
        var board = new JobBoard(queue);
        var ids = Enumerable.Range(0, Many).Select(at => queue.Train($"model{at}", null)).ToList();
        var asked = (await board.FindAsync(ids[7]))!.Payload!;
        var before = await CommandsAsync(redis);

        (await board.NewestAsync(asked))!.Id.ShouldBe(ids[7]);

        (await CommandsAsync(redis) - before).ShouldBeLessThan(Many);
    }

    private static JobQueue Open(RedisServer redis) =>
        JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, null) }, TestJobs.Kinds, NullLoggerFactory.Instance);

    /// <summary>How many Redis has done since it began.</summary>
    private static async Task<long> CommandsAsync(RedisServer redis)
    {
        await using var admin = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port},allowAdmin=true");
        var stats = (await admin.GetServers().Single().InfoAsync("stats")).Single();
        return long.Parse(stats.Single(static one => one.Key == "total_commands_processed").Value, CultureInfo.InvariantCulture);
    }
}
