using AiOutliers.Detection;
using Hangfire;
using Hangfire.States;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>What people ask and tell the queue: list, show, retry, cancel.</summary>
public sealed class JobBoard(JobQueue queue)
{
    private const int Page = 500;

    /// <summary>What endangers the jobs, for people.</summary>
    public IReadOnlyList<string> Warnings => queue.Warnings;

    /// <summary>All jobs that are kept, those that need attention or run first.</summary>
    public async Task<IReadOnlyList<JobInfo>> ListAsync() => await ReadAsync(await IdsAsync());

    /// <summary>
    /// The ids of all, in the same order. Their number is not the sum of the states: what is cancelled while it waits stays in the queue,
    /// too, until a worker meets it.
    /// </summary>
    public Task<IReadOnlyList<string>> IdsAsync() => Guarded(() => Task.Run<IReadOnlyList<string>>(() => [.. Ids().Distinct()]));

    /// <summary>Some of them; what has gone meanwhile is left out.</summary>
    /// <param name="ids">Which.</param>
    public Task<IReadOnlyList<JobInfo>> ReadAsync(IEnumerable<string> ids) => Guarded(async () =>
    {
        var jobs = new List<JobInfo>();
        foreach (var id in ids)
        {
            if (await ReadAsync(id) is { } job)
                jobs.Add(job);
        }
        return (IReadOnlyList<JobInfo>)jobs;
    });

    private IEnumerable<string> Ids()
    {
        var monitor = queue.Storage.GetMonitoringApi();
        return Pages((from, count) => monitor.FailedJobs(from, count).Select(job => job.Key))
            .Concat(Pages((from, count) => monitor.ProcessingJobs(from, count).Select(job => job.Key)))
            .Concat(Pages((from, count) => monitor.ScheduledJobs(from, count).Select(job => job.Key)))
            .Concat(Pages((from, count) => monitor.EnqueuedJobs(EnqueuedState.DefaultQueue, from, count).Select(job => job.Key)))
            .Concat(Pages((from, count) => monitor.FetchedJobs(EnqueuedState.DefaultQueue, from, count).Select(job => job.Key)))
            .Concat(Pages((from, count) => monitor.SucceededJobs(from, count).Select(job => job.Key)))
            .Concat(Pages((from, count) => monitor.DeletedJobs(from, count).Select(job => job.Key)));
    }

    /// <summary>The job with this id; null when it does not exist (any more).</summary>
    public Task<JobInfo?> FindAsync(string id) => Guarded(() => ReadAsync(id));

    /// <summary>The newest job with the same subject; null where none is kept.</summary>
    /// <param name="payload">Says the subject.</param>
    public async Task<JobInfo?> NewestAsync(JobPayload payload)
    {
        var ids = await Guarded(() => Task.Run(() =>
        {
            using var connection = queue.Storage.GetConnection();
            return ScheduleMemory.JobsOf(connection, payload).ToList();
        }));
        return (await ReadAsync(ids)).Where(job => job.Payload?.Key == payload.Key).MaxBy(static job => job.Created);
    }

    /// <summary>How many there are; also the way to see whether the queue answers.</summary>
    public Task<JobCounts> CountAsync() => Guarded(() => Task.Run(() =>
    {
        var counts = queue.Storage.GetMonitoringApi().GetStatistics();
        return new JobCounts(counts.Enqueued, counts.Scheduled, counts.Processing, counts.Failed);
    }));

    private async Task<JobInfo?> ReadAsync(string id)
    {
        using var connection = queue.Storage.GetConnection();
        if (connection.GetJobData(id) is not { } data)
            return null;
        var state = connection.GetStateData(id);
        var progress = ProgressWriter.Read(connection.GetJobParameter(id, JobRunner.ProgressParameter));
        var kind = await StateOfAsync(id, data.State);
        return new(
            id,
            data.Job is { } job ? queue.Form.PayloadOf(job.Args[0] as string, job.Args[1] as string) : null,
            kind,
            data.CreatedAt,
            JobStates.Since(state, kind),
            kind == JobState.Running ? progress : null,
            JobNumber.Read(connection, id, JobNumber.Attempts),
            JobNumber.Read(connection, id, OrphanedJobs.LostLeases),
            JobStates.Field(state, "ExceptionMessage") is { } message ? $"{state!.Reason}: {message}" : state?.Reason);
    }

    /// <summary>Puts a job back into the queue, parked ones too, with all attempts anew.</summary>
    public Task RetryAsync(string id) => Guarded(async () =>
    {
        var job = await ExistingAsync(id);
        if (job.State is JobState.Running or JobState.Waiting)
            throw new AiOutliersException(ErrorKind.BadInput, $"job {id} is {JobStates.Word(job.State)} already");
        using (var connection = queue.Storage.GetConnection())
        {
            if (connection.GetJobData(id)?.LoadException is { InnerException: { } refusal })
            {
                throw new AiOutliersException(
                    ErrorKind.BadInput, $"job {PrintableText.Of(id)} was refused, because {refusal.Message}; it can only be cancelled");
            }
            connection.SetJobParameter(id, "RetryCount", "0");
            connection.SetJobParameter(id, OrphanedJobs.LostLeases, "0");
            connection.SetJobParameter(id, JobNumber.Begun, "0");
        }
        return queue.Client.ChangeState(id, new EnqueuedState { Reason = "retried by hand" }, null);
    });

    /// <summary>Takes a job out; one that runs is stopped by its worker within some seconds.</summary>
    public Task CancelAsync(string id) => Guarded(async () =>
    {
        var job = await ExistingAsync(id);
        if (job.State is JobState.Done or JobState.Cancelled)
            throw new AiOutliersException(ErrorKind.BadInput, $"job {id} is {JobStates.Word(job.State)} already");
        return queue.Client.ChangeState(id, new DeletedState { Reason = "cancelled by hand" }, null);
    });

    private async Task<JobInfo> ExistingAsync(string id) => await ReadAsync(id)
        ?? throw new AiOutliersException(
            ErrorKind.BadInput, $"the job '{PrintableText.Of(id)}' does not exist; `rb-aioutliers jobs` lists those that do");

    private async Task<T> Guarded<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is RedisException or TimeoutException or BackgroundJobClientException)
        {
            var message = $"Redis at {queue.Settings.Redis} {RedisConnection.Reason(error)}";
            throw new AiOutliersException(ErrorKind.ClusterFailed, message, error);
        }
    }

    /// <summary>A job that is marked as running and whose lease nobody holds is about to go back to the queue.</summary>
    private async Task<JobState> StateOfAsync(string id, string? name)
    {
        var state = JobStates.Of(name);
        return state == JobState.Running && !await queue.Leases.IsTakenAsync(id) ? JobState.Waiting : state;
    }

    private static IEnumerable<string> Pages(Func<int, int, IEnumerable<string>> page)
    {
        for (var from = 0; ; from += Page)
        {
            var ids = page(from, Page).ToList();
            foreach (var id in ids)
                yield return id;
            if (ids.Count < Page)
                yield break;
        }
    }
}
