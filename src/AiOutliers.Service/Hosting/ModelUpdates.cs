using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Hosting;

/// <summary>
/// Keeps the model folder up to date while the service runs: from the store every <c>poll_seconds</c>, or by watching the folder.
/// </summary>
internal sealed class ModelUpdates(
    Settings settings, ModelFolder models, ModelSync? sync, ServiceMetrics metrics, TimeProvider time,
    ILogger<ModelUpdates> logger)
{
    /// <summary>Copying a model's files takes some milliseconds; what is still under way is better not looked at.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>A new executor fetches thousands; a log line names only so many.</summary>
    private const int Named = 20;

    public Task RunAsync(CancellationToken cancellation)
    {
        models.Refresh();
        return sync is null ? WatchAsync(cancellation) : PollAsync(sync, cancellation);
    }

    private async Task PollAsync(ModelSync store, CancellationToken cancellation)
    {
        while (true)
        {
            var report = await store.PollAsync(cancellation);
            metrics.Polled(report, store.Rejected.Count);
            if (report.Swapped.Count > 0)
                logger.LogInformation("{Count} models came from the store: {Models}", report.Swapped.Count, Names(report.Swapped));
            if (report.Removed.Count > 0)
                logger.LogInformation("{Count} models have left the store: {Models}", report.Removed.Count, Names(report.Removed));
            await Task.Delay(settings.Cluster.Poll, time, cancellation);
        }
    }

    /// <summary>Falls back to polling where the folder cannot be watched: it does not exist yet, or is on a network file system.</summary>
    private async Task WatchAsync(CancellationToken cancellation)
    {
        // Not disposed: a last event may still be under way when the watcher is.
        var changed = new SemaphoreSlim(0);
        while (true)
        {
            using var watcher = Watch(() => changed.Release());
            while (await changed.WaitAsync(settings.Cluster.Poll, cancellation))
            {
                while (await changed.WaitAsync(Quiet, cancellation))
                {
                    // Not quiet yet.
                }
                models.Refresh();
            }
            models.Refresh();
        }
    }

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names.Take(Named)) + (names.Count > Named ? ", …" : "");

    private FileSystemWatcher? Watch(Action changed)
    {
        try
        {
            if (!Directory.Exists(settings.Models.Path))
                return null;
            var watcher = new FileSystemWatcher(settings.Models.Path)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Changed += (_, _) => changed();
            watcher.Created += (_, _) => changed();
            watcher.Deleted += (_, _) => changed();
            watcher.Renamed += (_, _) => changed();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException error)
        {
            logger.LogWarning("The model folder cannot be watched, it is looked at every {Seconds:0} s: {Reason}",
                settings.Cluster.Poll.TotalSeconds, error.Message);
            return null;
        }
    }
}
