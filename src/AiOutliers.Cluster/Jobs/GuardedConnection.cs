using Hangfire.Common;
using Hangfire.Server;
using Hangfire.Storage;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// The only place where jobs come out of Redis. Hangfire's own connection would make a call of whatever a job says;
/// here the gate reads it. This project has no recurring jobs: the lists of them are empty. The rest is passed on.
/// </summary>
internal sealed class GuardedConnection(JobStorageConnection inner, JobGate gate) : JobStorageConnection
{
    public override JobData? GetJobData(string jobId)
    {
        var job = gate.Read(jobId);
        return !job.Exists ? null : new()
        {
            State = job.State,
            CreatedAt = job.Created,
            Job = job.Job,
            LoadException = job.Refusal is null ? null : new("The job was refused.", new RefusedJobException(job.Refusal)),
        };
    }

    public override IFetchedJob FetchNextJob(string[] queues, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var fetched = inner.FetchNextJob(queues, cancellationToken);
                if (gate.Admits(inner, fetched.JobId))
                    return fetched;
                using (fetched)
                    fetched.RemoveFromQueue();
            }
            catch (RedisServerException error) when (IsOtherKind(error) && gate.DropForeign() > 0)
            {
                // The next one.
            }
        }
    }

    public override string? GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore) =>
        GetFirstByLowestScoreFromSet(key, fromScore, toScore, 1).FirstOrDefault();

    public override List<string> GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore, int count) =>
        key == JobGate.Schedule
            ? [.. inner.GetFirstByLowestScoreFromSet(key, fromScore, toScore, count).Where(id => gate.Admits(inner, id))]
            : [];

    /// <summary>Null for a state that is none.</summary>
    public override StateData? GetStateData(string jobId)
    {
        try
        {
            return inner.GetStateData(jobId);
        }
        catch (Exception error) when (error is InvalidOperationException || IsOtherKind(error))
        {
            return null;
        }
    }

    public override void Dispose() => inner.Dispose();

    public override IWriteOnlyTransaction CreateWriteTransaction() => inner.CreateWriteTransaction();

    public override IDisposable AcquireDistributedLock(string resource, TimeSpan timeout) =>
        inner.AcquireDistributedLock(resource, timeout);

    public override string CreateExpiredJob(Job job, IDictionary<string, string> parameters, DateTime createdAt, TimeSpan expireIn) =>
        inner.CreateExpiredJob(job, parameters, createdAt, expireIn);

    public override void SetJobParameter(string id, string name, string value) => inner.SetJobParameter(id, name, value);

    public override string GetJobParameter(string id, string name) => inner.GetJobParameter(id, name);

    public override void AnnounceServer(string serverId, ServerContext context) => inner.AnnounceServer(serverId, context);

    public override void RemoveServer(string serverId) => inner.RemoveServer(serverId);

    public override void Heartbeat(string serverId) => inner.Heartbeat(serverId);

    public override int RemoveTimedOutServers(TimeSpan timeOut) => inner.RemoveTimedOutServers(timeOut);

    public override HashSet<string> GetAllItemsFromSet(string key) => inner.GetAllItemsFromSet(key);

    public override long GetSetCount(string key) => inner.GetSetCount(key);

    public override long GetSetCount(IEnumerable<string> keys, int limit) => inner.GetSetCount(keys, limit);

    public override bool GetSetContains(string key, string value) => inner.GetSetContains(key, value);

    public override List<string> GetRangeFromSet(string key, int startingFrom, int endingAt) =>
        inner.GetRangeFromSet(key, startingFrom, endingAt);

    public override TimeSpan GetSetTtl(string key) => inner.GetSetTtl(key);

    public override void SetRangeInHash(string key, IEnumerable<KeyValuePair<string, string>> keyValuePairs) =>
        inner.SetRangeInHash(key, keyValuePairs);

    public override Dictionary<string, string> GetAllEntriesFromHash(string key) => inner.GetAllEntriesFromHash(key);

    public override string GetValueFromHash(string key, string name) => inner.GetValueFromHash(key, name);

    public override long GetHashCount(string key) => inner.GetHashCount(key);

    public override TimeSpan GetHashTtl(string key) => inner.GetHashTtl(key);

    public override long GetListCount(string key) => inner.GetListCount(key);

    public override List<string> GetAllItemsFromList(string key) => inner.GetAllItemsFromList(key);

    public override List<string> GetRangeFromList(string key, int startingFrom, int endingAt) =>
        inner.GetRangeFromList(key, startingFrom, endingAt);

    public override TimeSpan GetListTtl(string key) => inner.GetListTtl(key);

    public override long GetCounter(string key) => inner.GetCounter(key);

    public override DateTime GetUtcDateTime() => inner.GetUtcDateTime();

    /// <summary>A key that is of another kind than it should be.</summary>
    private static bool IsOtherKind(Exception error) =>
        error is RedisServerException && error.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal);
}
