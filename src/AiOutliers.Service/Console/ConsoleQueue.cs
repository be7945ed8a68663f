using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Models;
using AiOutliers.Models.Store;
using AiOutliers.Monitoring;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Training;

namespace AiOutliers.Service.Console;

/// <summary>
/// The job queue as pages see it: opened when the first page asks, and kept. Without Redis it is in this process, and so is the worker
/// that the first training starts.
/// </summary>
internal sealed class ConsoleQueue(
    Settings settings, ILoggerFactory loggers, TimeProvider time, IDruidSource? source = null, MonitoringRuntime? monitoring = null)
    : IAsyncDisposable
{
    /// <summary>A training that the end of the service cuts off has changed nothing.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _opening = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private JobQueue? _queue;
    private ModelStore? _store;
    private Task? _worker;

    /// <summary>Whether all nodes have the same jobs.</summary>
    public bool IsShared => settings.Cluster.Queue.Redis is not null;

    /// <summary>Whether there is anything to see: without Redis there is nothing before the first training.</summary>
    public bool IsOpen => IsShared || _queue is not null;

    /// <exception cref="AiOutliersException">Redis does not answer.</exception>
    public async Task<JobBoard> BoardAsync(CancellationToken cancellation) => new(await OpenAsync(cancellation));

    /// <summary>The newest job about a model; null where there is none.</summary>
    /// <exception cref="AiOutliersException">Redis does not answer.</exception>
    public async Task<JobInfo?> JobOfAsync(string model, CancellationToken cancellation)
    {
        return IsOpen && ModelName.IsUsable(model)
            ? await (await BoardAsync(cancellation)).NewestAsync(new TrainingTarget(model, null).Payload)
            : null;
    }

    /// <exception cref="AiOutliersException">The queue does not take it.</exception>
    public async Task TrainAsync(TrainingTarget target, CancellationToken cancellation)
    {
        var queue = await OpenAsync(cancellation);
        lock (_starting)
        {
            if (!IsShared)
                _worker ??= Task.Run(() => WorkerOf(queue).RunAsync(_stopping.Token), CancellationToken.None);
        }
        queue.Enqueue(target.Payload);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_worker is not null)
            await _worker;
        _queue?.Dispose();
        _store?.Dispose();
        _opening.Dispose();
        _stopping.Dispose();
    }

    private async Task<JobQueue> OpenAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            // In this process nothing gets better by waiting: who has asked reads why it failed.
            var own = settings.Cluster.Queue with { Workers = 1, Grace = Grace, Pauses = [] };
            return _queue ??= await Task.Run(
                () => JobQueue.Open(IsShared ? settings.Cluster.Queue : own, JobKinds.All, loggers), cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Leaves a core to requests; in a replay it learns what the replay's clock has seen.</summary>
    private JobWorker WorkerOf(JobQueue queue)
    {
        var work = new TrainingWork(settings, source, monitoring?.Clock ?? time) { Threads = Math.Max(1, Environment.ProcessorCount - 1) };
        return new(queue, [new TrainingJobs(work, _store = ClusterRuntime.OpenStore(settings, time))], time, loggers);
    }
}
