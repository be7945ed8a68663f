using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Lets only jobs of ours through. Whoever can write to Redis can put any job there: such a job is parked with its
/// reason, told in the log and in the metrics, and what is not a job at all is dropped.
/// </summary>
internal sealed class JobGate(IConnectionMultiplexer connection, JobForm form, TimeProvider time, ILogger<JobGate> logger)
{
    public const string Schedule = "schedule";

    /// <summary>
    /// Key: the job; arguments: the longest length, what to put for an unreadable time, then the fields. Lists and
    /// pages would read what is too long, too.
    /// </summary>
    private const string TrimScript =
        """
        for i = 3, #ARGV do
          local length = redis.call('hstrlen', KEYS[1], ARGV[i])
          if length > tonumber(ARGV[1]) then redis.call('hset', KEYS[1], ARGV[i], '(' .. length .. ' bytes, removed)') end
        end
        if ARGV[2] ~= '' then redis.call('hset', KEYS[1], 'CreatedAt', ARGV[2]) end
        """;

    private readonly ForeignKeys _foreign = new(connection, logger);

    private IDatabase Redis => connection.GetDatabase();

    public StoredJob Read(string id) => StoredJob.Read(Redis, id, form);

    /// <summary>False for a job that was refused just now, or is none.</summary>
    public bool Admits(IStorageConnection storage, string id)
    {
        var job = Read(id);
        if (job is { Exists: true, Refusal: null })
            return true;
        if (job.Exists)
            Park(storage, id, job);
        else
            Redis.SortedSetRemove(RedisConnection.Prefix + Schedule, id);
        JobMetrics.Refused();
        logger.LogWarning("Job {Job} is refused and not run: {Reason}", PrintableText.Of(id), job.Refusal ?? "no job has this id");
        return false;
    }

    /// <summary>
    /// Moves keys of another kind away from the queue's names, and takes ids off the list of taken jobs whose keys are
    /// of another kind: Hangfire cannot.
    /// </summary>
    /// <returns>How many there were.</returns>
    public int DropForeign()
    {
        var moved = _foreign.MoveAside();
        var foreign = Redis.ListRange(ForeignKeys.Taken).Select(static id => id.ToString())
            .Where(id => Redis.KeyType(StoredJob.Key(id)) is not (RedisType.Hash or RedisType.None)).ToList();
        foreach (var id in foreign)
        {
            Redis.ListRemove(ForeignKeys.Taken, id);
            JobMetrics.Refused();
            logger.LogWarning("Job {Job} is refused and not run: its key in Redis is of another kind", PrintableText.Of(id));
        }
        return moved + foreign.Count;
    }

    private void Park(IStorageConnection storage, string id, StoredJob job)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var created = job.Created == default ? JobHelper.SerializeDateTime(now) : "";
        Redis.ScriptEvaluate(TrimScript, [StoredJob.Key(id)], [JobForm.LongestField, created, .. StoredJob.Fields]);
        using var transaction = storage.CreateWriteTransaction();
        transaction.PersistJob(id);
        transaction.SetJobState(id, new FailedState(new RefusedJobException(job.Refusal!)) { Reason = "refused" });
        transaction.AddToSet("failed", id, JobHelper.ToTimestamp(now));
        transaction.RemoveFromSet(Schedule, id);
        transaction.RemoveFromSet("processing", id);
        transaction.Commit();
    }
}
