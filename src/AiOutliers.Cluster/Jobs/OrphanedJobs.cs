using Hangfire.Server;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Puts jobs back whose worker is gone: those that were taken from the queue, or are marked as running, while nobody has held their lease for a
/// while. Every worker looks; the step itself is one script in Redis, so that it happens once.
/// </summary>
internal sealed class OrphanedJobs(IConnectionMultiplexer connection, QueueSettings settings, TimeProvider time, ILogger<OrphanedJobs> logger) : IBackgroundProcess
{
    /// <summary>
    /// Keys: lease, jobs taken, queue, job; argument: the job's id. A job that ended just before its worker did is only taken off the list. The
    /// queue is read from its right end: the job is the next.
    /// </summary>
    private const string PutBackScript =
        """
        if redis.call('exists', KEYS[1]) == 1 then return 0 end
        local taken = redis.call('lrem', KEYS[2], 0, ARGV[1])
        local state = redis.call('hget', KEYS[4], 'State')
        if not (state == 'Processing' or (state == 'Enqueued' and taken > 0)) then return 0 end
        for _, id in ipairs(redis.call('lrange', KEYS[3], 0, -1)) do if id == ARGV[1] then return 0 end end
        redis.call('hdel', KEYS[4], 'Fetched', 'Checked')
        redis.call('rpush', KEYS[3], ARGV[1])
        return 1
        """;

    private const string Queue = RedisConnection.Prefix + "queue:default", Taken = Queue + ":dequeued", Running = RedisConnection.Prefix + "processing";

    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    /// <summary>Between taking a job and taking its lease lie some milliseconds; a machine that is overloaded may need more.</summary>
    private TimeSpan Grace => settings.Lease / 2;

    public void Execute(BackgroundProcessContext context)
    {
        try
        {
            LookAsync().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            _seen.Clear();
            logger.LogWarning("Redis {Reason}", RedisConnection.Reason(error));
        }
        context.Wait(settings.Poll);
    }

    internal async Task LookAsync()
    {
        var redis = connection.GetDatabase();
        var jobs = (await redis.ListRangeAsync(Taken)).Concat(await redis.SortedSetRangeByRankAsync(Running)).Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var job in _seen.Keys.Where(job => !jobs.Contains(job)).ToList())
            _seen.Remove(job);
        foreach (var job in jobs)
        {
            if (await redis.KeyExistsAsync(RedisLeases.JobKey(job)))
                _seen.Remove(job);
            else if (_seen.TryAdd(job, time.GetTimestamp()) || time.GetElapsedTime(_seen[job]) < Grace)
                continue;
            else if ((int)await redis.ScriptEvaluateAsync(PutBackScript, [RedisLeases.JobKey(job), Taken, Queue, $"{RedisConnection.Prefix}job:{job}"], [job]) == 1)
                logger.LogWarning("Job {Job} goes back to the queue: its worker has not been heard of for {Seconds:0} s", job, (settings.Lease + Grace).TotalSeconds);
        }
    }
}
