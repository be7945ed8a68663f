using Hangfire.Common;
using Hangfire.Server;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Puts jobs back whose worker is gone: they were taken from the queue, or are marked as running, and nobody has held
/// their lease for a while. A job that has lost three leases is parked: it may be what ends its workers. Every worker
/// looks. The step itself is one script in Redis, so that it happens once.
/// </summary>
internal sealed class OrphanedJobs(
    IConnectionMultiplexer connection,
    QueueSettings settings,
    RepeatedWarnings warnings,
    TimeProvider time,
    ILogger<OrphanedJobs> logger) : IBackgroundProcess
{
    public const int MostLostLeases = 3;

    public const string LostLeases = "LostLeases";

    private const int NotBegun = -2;

    private static readonly string ParkedReason = $"parked after {MostLostLeases} lost leases: each time its worker ended or was cut off";

    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly ForeignKeys _foreign = new(connection, logger);

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
            warnings.Warn($"Redis at {settings.Redis} {RedisConnection.Reason(error)}");
        }
        context.Wait(settings.Poll);
    }

    internal async Task LookAsync()
    {
        _foreign.MoveAside();
        var redis = connection.GetDatabase();
        var taken = await redis.ListRangeAsync(ForeignKeys.Taken);
        var running = await redis.SortedSetRangeByRankAsync(ForeignKeys.Running);
        var jobs = taken.Concat(running).Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var job in _seen.Keys.Where(job => !jobs.Contains(job)).ToList())
            _seen.Remove(job);
        foreach (var job in jobs)
        {
            if (await redis.KeyExistsAsync(RedisLeases.JobKey(job)))
                _seen.Remove(job);
            else if (!_seen.TryAdd(job, time.GetTimestamp()) && time.GetElapsedTime(_seen[job]) >= Grace)
            {
                Tell(job, await PutBackAsync(redis, job));
                // Who takes it now has as long for its lease as the one before.
                _seen.Remove(job);
            }
        }
    }

    /// <returns>
    /// Leases that the job has lost; 0 when nothing was to be done, -1 when its key is of another kind, <see cref="NotBegun"/> when it goes
    /// back and has lost none.
    /// </returns>
    private async Task<int> PutBackAsync(IDatabase redis, string job)
    {
        var key = StoredJob.Key(job);
        RedisKey[] keys =
        [
            RedisLeases.JobKey(job), ForeignKeys.Taken, ForeignKeys.Queue, key,
            ForeignKeys.Running, key.Append(":state"), ForeignKeys.Failed,
        ];
        var now = time.GetUtcNow().UtcDateTime;
        return (int)await redis.ScriptEvaluateAsync(OrphanScript.Text, keys,
            [job, MostLostLeases, JobHelper.ToTimestamp(now), ParkedReason, JobHelper.SerializeDateTime(now)]);
    }

    private void Tell(string job, int lost)
    {
        var id = PrintableText.Of(job);
        switch (lost)
        {
            case 0:
                return;
            case NotBegun:
                JobMetrics.Orphaned(JobMetrics.PutBack);
                logger.LogWarning("Job {Job} goes back to the queue: it was taken and not begun", id);
                return;
            case < 0:
                JobMetrics.Refused();
                logger.LogWarning("Job {Job} is refused and not run: its key in Redis is of another kind", id);
                return;
            case < MostLostLeases:
                JobMetrics.Orphaned(JobMetrics.PutBack);
                logger.LogWarning(
                    "Job {Job} goes back to the queue: its worker has not been heard of for {Seconds:0} s; "
                    + "it has lost {Lost} of {Most} leases",
                    id,
                    (settings.Lease + Grace).TotalSeconds,
                    lost,
                    MostLostLeases);
                return;
            default:
                JobMetrics.Orphaned(JobMetrics.Parked);
                logger.LogWarning("Job {Job} is {Reason}", id, ParkedReason);
                return;
        }
    }
}
