using AiOutliers.Detection;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// A job from end to end: takes its subject's lease and has its kind's work done. The name of this type and the
/// method's parameters are written into every waiting job; changing them strands the jobs of older versions.
/// </summary>
public sealed class JobRunner
{
    internal const string ProgressParameter = "Progress";

    private readonly IReadOnlyList<IJobWork> _works;
    private readonly JobQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger<JobRunner> _logger;

    internal JobRunner(IReadOnlyList<IJobWork> works, JobQueue queue, TimeProvider time, ILogger<JobRunner> logger) =>
        (_works, _queue, _time, _logger) = (works, queue, time, logger);

    [JobDisplayName("{0} {1}")]
    public async Task RunAsync(string kind, string payload, PerformContext context, CancellationToken cancellation)
    {
        var job = _queue.Form.PayloadOf(kind, payload);
        var id = context.BackgroundJob.Id;
        await using var lease = await _queue.Leases.TryTakeAsync(id, job.Key) ?? throw new SubjectBusyException(job.Subject);
        JobNumber.Add(context.Connection, id, JobNumber.Attempts);
        JobNumber.Add(context.Connection, id, JobNumber.Begun);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        var started = _time.GetTimestamp();
        _logger.LogInformation("Job {Job}: {Kind} {Subject}", id, kind, job.Subject);
        try
        {
            var work = _works.First(work => work.Kind == job.Kind);
            var done = await work.RunAsync(job, lease, new ProgressWriter(context, _time), either.Token);
            JobMetrics.Ended(JobMetrics.Done);
            JobMetrics.Took(_time.GetElapsedTime(started));
            _logger.LogInformation("Job {Job}: {Done}, after {Seconds:0.0} s", id, done, _time.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception error) when (IsLost(error, lease) && !cancellation.IsCancellationRequested)
        {
            JobMetrics.Ended(JobMetrics.Lost);
            _logger.LogWarning(
                "Job {Job}: the lease on {Subject} was lost, another worker may have it; nothing of this attempt is used", id, job.Subject);
            throw new JobAbortedException();
        }
        catch (Exception error)
        {
            Tell(id, job, error, cancellation.IsCancellationRequested);
            if (!lease.Lost.IsCancellationRequested)
                JobNumber.Add(context.Connection, id, JobNumber.Begun, -1);
            throw;
        }
    }

    private static bool IsLost(Exception error, ILease lease) =>
        error is LeaseLostException || (error is OperationCanceledException && lease.Lost.IsCancellationRequested);

    /// <summary>
    /// Whatever the work threw is the job's reason; the queue decides what follows, and the log is the only place for the details.
    /// </summary>
    private void Tell(string id, JobPayload job, Exception error, bool stopped)
    {
        if (stopped && error is OperationCanceledException)
        {
            JobMetrics.Ended(JobMetrics.HandedBack);
            _logger.LogInformation("Job {Job}: stopped; a job that was not cancelled goes back to the queue", id);
            return;
        }
        JobMetrics.Ended(JobMetrics.Failed);
        _logger.LogWarning(
            error is AiOutliersException ? null : error,
            "Job {Job}: {Kind} {Subject} failed: {Reason}",
            id,
            job.Kind.Name,
            job.Subject,
            error.Message);
    }
}
