namespace AiOutliers.Cluster.Jobs;

/// <summary>The step of <see cref="OrphanedJobs"/> that happens once, whoever looks.</summary>
internal static class OrphanScript
{
    /// <summary>
    /// Keys: lease, jobs taken, queue, job, jobs running, the job's state, parked jobs; arguments: the job's id, how
    /// many leases it may lose, now as a score, the reason, now as a time. A job that ended just before its worker did
    /// is only taken off the list. A lease is lost by an attempt that began and did not end: a job that was taken and not begun
    /// goes back as it was. The queue is read from its right end: the job is the next. A count that is not a number is the largest.
    /// </summary>
    public const string Text =
        """
        if redis.call('exists', KEYS[1]) == 1 then return 0 end
        local kind = redis.call('type', KEYS[4]).ok
        local taken = redis.call('lrem', KEYS[2], 0, ARGV[1])
        if kind ~= 'hash' then
          redis.call('zrem', KEYS[5], ARGV[1])
          return kind == 'none' and 0 or -1
        end
        local state = redis.call('hget', KEYS[4], 'State')
        if not (state == 'Processing' or (state == 'Enqueued' and taken > 0)) then return 0 end
        for _, id in ipairs(redis.call('lrange', KEYS[3], 0, -1)) do if id == ARGV[1] then return 0 end end
        local most = tonumber(ARGV[2])
        local function count(name) return tonumber(redis.call('hget', KEYS[4], name) or '0') or most end
        local begun = count('Begun')
        local lost = math.min(count('LostLeases') + begun, most)
        redis.call('hset', KEYS[4], 'LostLeases', lost)
        redis.call('hdel', KEYS[4], 'Fetched', 'Checked', 'Begun')
        if lost < most then
          redis.call('rpush', KEYS[3], ARGV[1])
          return begun > 0 and lost or -2
        end
        redis.call('persist', KEYS[4])
        redis.call('hset', KEYS[4], 'State', 'Failed')
        redis.call('del', KEYS[6])
        redis.call('hset', KEYS[6], 'State', 'Failed', 'Reason', ARGV[4], 'FailedAt', ARGV[5])
        redis.call('zrem', KEYS[5], ARGV[1])
        redis.call('zadd', KEYS[7], ARGV[3], ARGV[1])
        return most
        """;
}
