using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Keys of another kind under the names of the queue: every command on them fails, so they would stop the queue and the
/// recovery of jobs. They are moved aside, and the log and the metrics say so.
/// </summary>
internal sealed class ForeignKeys(IConnectionMultiplexer connection, ILogger logger)
{
    public const string Queue = RedisConnection.Prefix + "queue:default", Taken = Queue + ":dequeued";

    public const string Running = RedisConnection.Prefix + "processing", Failed = RedisConnection.Prefix + "failed";

    private const string Schedule = RedisConnection.Prefix + "schedule", Aside = RedisConnection.Prefix + "foreign:";

    /// <summary>
    /// Keys: the name, where to put it; argument: the kind that it should be. One step, because the queue fills meanwhile.
    /// </summary>
    private const string MoveScript =
        """
        local kind = redis.call('type', KEYS[1]).ok
        if kind == 'none' or kind == ARGV[1] then return '' end
        redis.call('rename', KEYS[1], KEYS[2])
        return kind
        """;

    private static readonly (string Name, string Kind)[] All =
        [(Queue, "list"), (Taken, "list"), (Running, "zset"), (Schedule, "zset"), (Failed, "zset")];

    /// <returns>How many were moved.</returns>
    public int MoveAside()
    {
        var moved = 0;
        foreach (var (name, kind) in All)
        {
            var aside = Aside + name[RedisConnection.Prefix.Length..];
            if ((string?)connection.GetDatabase().ScriptEvaluate(MoveScript, [name, aside], [kind]) is not { Length: > 0 } other)
                continue;
            moved++;
            JobMetrics.Refused();
            logger.LogWarning(
                "{Name} in Redis is a {Other} and not a {Kind}: somebody else wrote it; it is moved to {Aside}", name, other, kind, aside);
        }
        return moved;
    }
}
