using AiOutliers.Models.Store;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Cluster.Jobs;

/// <summary>Takes jobs and runs them until it is asked to end.</summary>
public sealed class JobWorker(JobQueue queue, ITrainingWork work, ModelStore store, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<JobWorker>();

    /// <summary>Ends when cancelled: what runs may finish within the grace, else it is handed back.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var runner = new TrainingRunner(work, store, queue.Leases, time, loggers.CreateLogger<TrainingRunner>());
        using var server = new BackgroundJobServer(Options(queue.Settings, runner), queue.Storage, Watchers());
        _logger.LogInformation("Working on jobs, {Workers} at once", queue.Settings.Workers);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            _logger.LogInformation("Ending; running jobs have {Seconds:0} s to finish", queue.Settings.Grace.TotalSeconds);
        }
        server.SendStop();
        await server.WaitForShutdownAsync(CancellationToken.None);
    }

    private IBackgroundProcess[] Watchers() => queue.Redis is { } redis
        ? [new OrphanedJobs(redis, queue.Settings, TimeProvider.System, loggers.CreateLogger<OrphanedJobs>())]
        : [];

    private static BackgroundJobServerOptions Options(QueueSettings settings, TrainingRunner runner) => new()
    {
        WorkerCount = settings.Workers,
        Activator = new Activator(runner),
        FilterProvider = new TrainingRetry(settings),
        SchedulePollingInterval = settings.Poll,
        CancellationCheckInterval = settings.Poll,
        HeartbeatInterval = settings.Lease / 3,
        ServerTimeout = settings.Lease * 2,
        ServerCheckInterval = settings.Lease,
        StopTimeout = settings.Grace,
        ShutdownTimeout = settings.Grace + TimeSpan.FromSeconds(20),
    };

    private sealed class Activator(TrainingRunner runner) : JobActivator
    {
        public override object ActivateJob(Type jobType) =>
            jobType == typeof(TrainingRunner) ? runner : throw new RefusedJobException($"the type '{PrintableText.Of(jobType.FullName)}' is not a job");
    }
}
