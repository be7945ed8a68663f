using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Leases as two keys in Redis that expire unless they are kept up: the subject's, which excludes others, and the
/// job's, whose absence shows that its worker is gone. Both hold a token that only the holder knows.
/// </summary>
internal sealed class RedisLeases(
    IConnectionMultiplexer connection, TimeSpan length, TimeProvider time, RepeatedWarnings warnings) : ILeases
{
    private const string TakeScript = """
        if redis.call('exists', KEYS[1], KEYS[2]) > 0 then return 0 end
        redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
        redis.call('set', KEYS[2], ARGV[1], 'px', ARGV[2])
        return 1
        """;

    private const string KeepScript = """
        for i = 1, 2 do
            if redis.call('get', KEYS[i]) ~= ARGV[1] then return 0 end
        end
        redis.call('pexpire', KEYS[1], ARGV[2])
        redis.call('pexpire', KEYS[2], ARGV[2])
        return 1
        """;

    private const string GiveBackScript = """
        for i = 1, 2 do
            if redis.call('get', KEYS[i]) == ARGV[1] then redis.call('del', KEYS[i]) end
        end
        return 1
        """;

    public static RedisKey JobKey(string jobId) => $"{RedisConnection.Prefix}lease:job:{jobId}";

    private static RedisKey SubjectKey(string subject) => $"{RedisConnection.Prefix}lease:{subject}";

    public async Task<ILease?> TryTakeAsync(string jobId, string subject)
    {
        var lease = new Lease(this, [JobKey(jobId), SubjectKey(subject)]);
        if (await lease.RunAsync(TakeScript))
            return lease.KeptUp();
        await lease.DisposeAsync();
        return null;
    }

    public Task<bool> IsTakenAsync(string jobId) => connection.GetDatabase().KeyExistsAsync(JobKey(jobId));

    private sealed class Lease(RedisLeases all, RedisKey[] keys) : ILease
    {
        private readonly RedisValue _token = Guid.NewGuid().ToString("N");
        private readonly CancellationTokenSource _lost = new();
        private readonly CancellationTokenSource _ended = new();
        private Task _keeping = Task.CompletedTask;

        public CancellationToken Lost => _lost.Token;

        public Task<bool> IsHeldAsync() => RunAsync(KeepScript);

        public async Task<bool> RunAsync(string script) =>
            (int)await all.Database.ScriptEvaluateAsync(script, keys, [_token, (long)all.Length.TotalMilliseconds]) == 1;

        public Lease KeptUp()
        {
            _keeping = KeepAsync();
            return this;
        }

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            await _keeping;
            try
            {
                await RunAsync(GiveBackScript);
            }
            catch (Exception error) when (error is RedisException or TimeoutException)
            {
                all.Warnings.Warn($"A lease could not be given back, it expires soon: Redis {RedisConnection.Reason(error)}");
            }
            _lost.Dispose();
            _ended.Dispose();
        }

        /// <summary>While Redis does not answer, the lease counts as held until it must have expired.</summary>
        private async Task KeepAsync()
        {
            var kept = all.Time.GetTimestamp();
            while (all.Time.GetElapsedTime(kept) < all.Length)
            {
                try
                {
                    await Task.Delay(all.Length / 3, all.Time, _ended.Token);
                    if (!await IsHeldAsync())
                        break;
                    kept = all.Time.GetTimestamp();
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (Exception error) when (error is RedisException or TimeoutException)
                {
                    all.Warnings.Warn($"A lease could not be kept up: Redis {RedisConnection.Reason(error)}");
                }
            }
            await _lost.CancelAsync();
        }
    }

    private IDatabase Database => connection.GetDatabase();

    private TimeSpan Length => length;

    private TimeProvider Time => time;

    private RepeatedWarnings Warnings => warnings;
}
