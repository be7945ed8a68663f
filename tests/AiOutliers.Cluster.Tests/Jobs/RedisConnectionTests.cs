using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using AiOutliers.Detection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>A Redis that cannot be used: words that help, and no secrets.</summary>
[Trait("tier", "integration")]
public sealed class RedisConnectionTests
{
    private const string Secret = "the-secret-of-redis", Wrong = "another-secret";

    [Fact]
    public async Task Open_RightPassword_Works()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", Secret);
        using var queue = JobQueue.Open(Settings(redis.Port, Secret), TestJobs.Kinds, NullLoggerFactory.Instance);
        (await new JobBoard(queue).FindAsync(queue.Train("a", null)))!.State.ShouldBe(JobState.Waiting);
    }

    [Theory]
    [InlineData(Wrong)]
    [InlineData(null)]
    public async Task Open_WrongPassword_SaysSoWithoutIt(string? secret)
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", Secret);
        var error = Failure(redis.Port, secret);
        error.Kind.ShouldBe(ErrorKind.BadConfiguration);
        error.Message.ShouldContain("[Redis] rd_secret");
        // A log may hold the library's own exception, too.
        error.ToString().ShouldNotContain(Wrong);
    }

    [Fact]
    public async Task Open_UserOfItsOwn_WorksWithinItsKeys()
    {
        await using var redis = await RedisServer.StartAsync(
            "--user", "default", "off", "--user", "jobs", "on", ">" + Secret, "+@all", "~{rb-aioutliers}:*", "&*");
        using var queue = JobQueue.Open(Settings(redis.Port, Secret, "jobs"), TestJobs.Kinds, NullLoggerFactory.Instance);
        (await new JobBoard(queue).FindAsync(queue.Train("a", null)))!.State.ShouldBe(JobState.Waiting);
        Should.Throw<AiOutliersException>(() => JobQueue.Open(Settings(redis.Port, Secret, "others"), TestJobs.Kinds, NullLoggerFactory.Instance)).Message
            .ShouldContain("rd_username");
    }

    [Theory]
    [InlineData("noeviction", Secret, new string[0])]
    [InlineData("noeviction", null, new[] { "no password" })]
    [InlineData("allkeys-lru", Secret, new[] { "maxmemory-policy allkeys-lru" })]
    [InlineData("volatile-ttl", null, new[] { "no password", "maxmemory-policy volatile-ttl" })]
    public async Task Open_RedisThatEndangersJobs_WarnsWithoutSecrets(string policy, string? secret, string[] warnings)
    {
        await using var redis = await RedisServer.StartAsync(["--maxmemory-policy", policy, .. secret is null ? [] : new[] { "--requirepass", secret }]);
        using var queue = JobQueue.Open(Settings(redis.Port, secret), TestJobs.Kinds, NullLoggerFactory.Instance);
        queue.Warnings.Count.ShouldBe(warnings.Length);
        queue.Warnings.Zip(warnings).ShouldAllBe(pair => pair.First.Contains(pair.Second, StringComparison.Ordinal));
        queue.Warnings.ShouldAllBe(static warning => !warning.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_ReadOnlyReplica_SaysSo()
    {
        await using var primary = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1", $"{primary.Port}");
        var error = Failure(replica.Port, null);
        error.Kind.ShouldBe(ErrorKind.BadConfiguration);
        error.Message.ShouldContain("read-only");
    }

    [Fact]
    public void Open_NobodyThere_SaysSo()
    {
        var error = Failure(Loopback.FreePort(), Secret);
        error.Kind.ShouldBe(ErrorKind.ClusterFailed);
        error.Message.ShouldContain("cannot be reached");
        error.ToString().ShouldNotContain(Secret);
    }

    private static AiOutliersException Failure(int port, string? secret) =>
        Should.Throw<AiOutliersException>(() => JobQueue.Open(Settings(port, secret), TestJobs.Kinds, NullLoggerFactory.Instance).Dispose());

    private static QueueSettings Settings(int port, string? secret, string? user = null) => new() { Redis = new("127.0.0.1", port, secret) { User = user } };
}
