using AiOutliers.Cluster.Jobs;
using AiOutliers.Detection;
using AiOutliers.Service.Options;
using AiOutliers.Service.Training;

namespace AiOutliers.Service.Console;

/// <summary>The job queue as pages see it: opened when the first page asks, and kept.</summary>
internal sealed class ConsoleQueue(Settings settings, ILoggerFactory loggers) : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private JobQueue? _queue;

    /// <summary>Without Redis the jobs are in the memory of another process.</summary>
    public bool IsConfigured => settings.Cluster.Queue.Redis is not null;

    /// <exception cref="AiOutliersException">Redis does not answer.</exception>
    public async Task<JobBoard> BoardAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            _queue ??= await Task.Run(() => JobQueue.Open(settings.Cluster.Queue, JobKinds.All, loggers), cancellation);
            return new(_queue);
        }
        finally
        {
            _opening.Release();
        }
    }

    public void Dispose()
    {
        _queue?.Dispose();
        _opening.Dispose();
    }
}
