using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Cluster.Jobs;

/// <summary>Takes jobs and runs them until it is asked to end.</summary>
/// <param name="queue">Where the jobs are.</param>
/// <param name="works">One for each kind of the queue.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">Get what happens.</param>
public sealed class JobWorker(JobQueue queue, IReadOnlyList<IJobWork> works, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<JobWorker>();

    /// <summary>Ends when cancelled: what runs may finish within the grace, else it is handed back.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (queue.Kinds.Except(works.Select(static work => work.Kind)).FirstOrDefault() is { } undone)
            throw new InvalidOperationException($"Nothing does jobs of the kind '{undone.Name}'.");
        JobMetrics.BeginWork();
        var runner = new JobRunner(works, queue, time, loggers.CreateLogger<JobRunner>());
        using var server = new BackgroundJobServer(Options(queue.Settings, runner), queue.Storage, Watchers());
        _logger.LogInformation("Working on jobs, {Workers} at once", queue.Settings.Workers);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        }
        catch (OperationCanceledException)
        {
            _logger.LogInformation("Ending; running jobs have {Seconds:0} s to finish", queue.Settings.Grace.TotalSeconds);
        }
        server.SendStop();
        await server.WaitForShutdownAsync(CancellationToken.None);
    }

    private IBackgroundProcess[] Watchers() => queue.Redis is { } redis
        ? [new OrphanedJobs(redis, queue.Settings, queue.Repeated, TimeProvider.System, loggers.CreateLogger<OrphanedJobs>())]
        : [];

    private static BackgroundJobServerOptions Options(QueueSettings settings, JobRunner runner) => new()
    {
        WorkerCount = settings.Workers,
        Activator = new Activator(runner),
        FilterProvider = new JobRetry(settings),
        SchedulePollingInterval = settings.Poll,
        CancellationCheckInterval = settings.Poll,
        HeartbeatInterval = settings.Lease / 3,
        ServerTimeout = settings.Lease * 2,
        ServerCheckInterval = settings.Lease,
        StopTimeout = settings.Grace,
        ShutdownTimeout = settings.Grace + TimeSpan.FromSeconds(20),
    };

    private sealed class Activator(JobRunner runner) : JobActivator
    {
        public override object ActivateJob(Type jobType) =>
            jobType == typeof(JobRunner)
                ? runner
                : throw new RefusedJobException($"the type '{PrintableText.Of(jobType.FullName)}' is not a job");
    }
}
