using AiOutliers.Detection;
using Cronos;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Enqueues one job per target at each time that the cron expression names (UTC). Any number may run: a lock lets one
/// of them work at a time, and what a time has been enqueued for is written together with the job, so that a job is
/// enqueued once.
/// </summary>
/// <param name="queue">Where the jobs go.</param>
/// <param name="cron">The expression, checked by <see cref="Parse"/>.</param>
/// <param name="targets">Asked each time: what is to be done.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets what was enqueued.</param>
public sealed class JobScheduler(
    JobQueue queue, CronExpression cron, Func<CancellationToken, Task<IReadOnlyList<JobPayload>>> targets, TimeProvider time,
    ILogger<JobScheduler> logger)
{
    private const string LockName = "schedule:lock";

    /// <summary>A time that was missed by so long, because no scheduler ran, is made up for.</summary>
    private static readonly TimeSpan MakeUp = TimeSpan.FromHours(12);

    /// <summary>A clock that is set is noticed within this.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    private readonly ScheduleMemory _memory = new(time, logger);

    /// <exception cref="AiOutliersException">The text is not a cron expression of five fields.</exception>
    public static CronExpression Parse(string text) => CronExpression.TryParse(text, CronFormat.Standard, out var cron)
        ? cron
        : throw new AiOutliersException(
            ErrorKind.BadConfiguration,
            $"'{text}' is not a cron expression of five fields: minute, hour, day of month, month, day of week");

    private AiOutliersException Never() => new(ErrorKind.BadConfiguration, $"the cron expression '{cron}' never comes true");

    private static bool Passes(Exception error) =>
        error is not OperationCanceledException and not AiOutliersException { Kind: ErrorKind.BadConfiguration };

    public async Task RunAsync(CancellationToken cancellation)
    {
        JobMetrics.BeginSchedule();
        var done = Previous();
        while (true)
        {
            try
            {
                var due = cron.GetNextOccurrence(done, TimeZoneInfo.Utc) ?? throw Never();
                var wait = due - time.GetUtcNow().UtcDateTime;
                if (wait <= TimeSpan.Zero)
                {
                    var tick = Latest(due);
                    await EnqueueAsync(tick, cancellation);
                    done = tick;
                    continue;
                }
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, cancellation);
            }
            catch (Exception error) when (Passes(error))
            {
                // Redis or the store is away: the time stays due until it is served.
                var reason = error is AiOutliersException ? error.Message : $"Redis {RedisConnection.Reason(error)}";
                queue.Repeated.Warn($"The jobs could not be enqueued, it is tried again: {reason}");
                await Task.Delay(queue.Settings.Poll, time, cancellation);
            }
        }
    }

    /// <summary>Enqueues what this time has not been enqueued for yet.</summary>
    internal async Task<int> EnqueueAsync(DateTime tick, CancellationToken cancellation)
    {
        var wanted = (await targets(cancellation)).DistinctBy(target => target.Key).ToList();
        using var connection = queue.Storage.GetConnection();
        using var held = connection.AcquireDistributedLock(LockName, LockPatience);
        var count = wanted.Count(target => EnqueueOnce(connection, target, tick));
        ScheduleMemory.Served(connection, tick);
        JobMetrics.Enqueued(count);
        if (count > 0)
            logger.LogInformation("{Count} jobs enqueued for {Tick}", count, ScheduleMemory.Text(tick));
        return count;
    }

    private bool EnqueueOnce(IStorageConnection connection, JobPayload target, DateTime tick)
    {
        if (_memory.Of(connection, target) is { } entry)
        {
            if (entry.Tick >= tick)
                return false;
            if (connection.GetStateData(entry.Job)?.Name is EnqueuedName or ProcessingName or ScheduledName)
            {
                logger.LogInformation(
                    "{Subject} is not enqueued again: job {Job} of {Tick} is not done",
                    target.Subject,
                    entry.Job,
                    ScheduleMemory.Text(entry.Tick));
                return false;
            }
        }
        var now = time.GetUtcNow().UtcDateTime;
        var job = connection.CreateExpiredJob(JobForm.Of(target), new Dictionary<string, string>(), now, TimeSpan.FromHours(1));
        using var transaction = connection.CreateWriteTransaction();
        transaction.PersistJob(job);
        transaction.SetJobState(job, new EnqueuedState());
        transaction.AddToQueue(EnqueuedState.DefaultQueue, job);
        ScheduleMemory.Enqueued(transaction, target, tick, job);
        transaction.Commit();
        return true;
    }

    private const string EnqueuedName = "Enqueued", ProcessingName = "Processing", ScheduledName = "Scheduled";

    /// <summary>Where to go on from: the last time that was served, if that is not long ago; otherwise now.</summary>
    private DateTime Previous()
    {
        var now = time.GetUtcNow().UtcDateTime;
        using var connection = queue.Storage.GetConnection();
        return _memory.Last(connection) is { } last && last > now - MakeUp && last <= now ? last : now;
    }

    /// <summary>Of several times that are due, only the last is served.</summary>
    private DateTime Latest(DateTime due)
    {
        var now = time.GetUtcNow().UtcDateTime;
        while (cron.GetNextOccurrence(due, TimeZoneInfo.Utc) is { } next && next <= now)
            due = next;
        return due;
    }
}
