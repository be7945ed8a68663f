using AiOutliers.Cluster.Clock;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Models.Store;
using AiOutliers.Service.Options;
using AiOutliers.Service.Training;
using Serilog.Extensions.Logging;

namespace AiOutliers.Service.Hosting;

/// <summary>What scheduler and worker need: log, clock, store, queue.</summary>
internal sealed class ClusterRuntime : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Pauses of two minutes together: a finished training is not thrown away because S3 restarts.</summary>
    private const int PatientRetries = 8;

    private readonly Settings _settings;
    private readonly ILogger _logger;
    private readonly IDisposable _hangup;
    private readonly Systemd _systemd;

    public ClusterRuntime(Settings settings)
    {
        _settings = settings;
        Log = LogFile.Open(settings.LogFile, TimeProvider.System);
        Loggers = new SerilogLoggerFactory(ServiceLogging.Create(Log), dispose: true);
        _logger = Loggers.CreateLogger<ClusterRuntime>();
        Clock = new NetworkClock(settings.Cluster.NtpServer, TimeProvider.System, Loggers.CreateLogger<NetworkClock>());
        Store = OpenStore(settings, Clock, PatientRetries);
        _hangup = Hangup.Handle(_logger, Log is null ? [] : [new Reloadable("the log file", Log.Reopen)]);
        foreach (var warning in settings.Warnings)
            _logger.LogWarning("{Warning}", warning);
        // Started, whether Redis is there or not: it is waited for.
        _systemd = Systemd.Ready(TimeProvider.System);
    }

    /// <summary>Null where no file is configured.</summary>
    public LogFile? Log { get; }

    public ILoggerFactory Loggers { get; }

    public NetworkClock Clock { get; }

    public ModelStore Store { get; }

    /// <param name="settings">The configuration.</param>
    /// <param name="time">Names the versions.</param>
    /// <param name="retries">How often a request to S3 is sent again; null for somebody who waits for the answer.</param>
    public static ModelStore OpenStore(Settings settings, TimeProvider time, int? retries = null) =>
        new(OpenObjects(settings, retries), time);

    /// <summary>What the store of models is kept in, and with it the state of monitors' entities.</summary>
    public static IObjectStore OpenObjects(Settings settings, int? retries = null) => settings.Cluster.S3 is { } s3
        ? new S3ObjectStore(s3 with { Retries = retries ?? s3.Retries }, TimeProvider.System)
        : new FolderObjectStore(settings.Models.Path);

    /// <summary>
    /// Waits for a Redis that is not there yet, as when all machines start at once; one that is wrongly configured is a failure.
    /// </summary>
    public async Task<JobQueue> OpenQueueAsync(CancellationToken cancellation)
    {
        var repeated = new RepeatedWarnings(TimeProvider.System, _logger);
        while (true)
        {
            try
            {
                var queue = JobQueue.Open(_settings.Cluster.Queue, JobKinds.All, Loggers);
                foreach (var warning in queue.Warnings)
                    _logger.LogWarning("{Warning}", warning);
                return queue;
            }
            catch (AiOutliersException error) when (error.Kind == ErrorKind.ClusterFailed)
            {
                repeated.Warn($"{error.Message}; it is tried again");
                await Task.Delay(Pause, TimeProvider.System, cancellation);
            }
        }
    }

    /// <summary>Runs all until cancelled; one that fails ends the others.</summary>
    public static async Task RunAllAsync(CancellationToken cancellation, params Func<CancellationToken, Task>[] parts)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(parts.Select(async part =>
        {
            try
            {
                await part(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Asked to.
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }));
    }

    public void Dispose()
    {
        _systemd.Dispose();
        _hangup.Dispose();
        Store.Dispose();
        Loggers.Dispose();
    }
}
