using System.Collections.Concurrent;

namespace AiOutliers.Cluster.Jobs;

/// <summary>For the queue in memory: all jobs are in this process.</summary>
internal sealed class LocalLeases : ILeases
{
    private readonly ConcurrentDictionary<string, string> _jobOfModel = new(StringComparer.Ordinal);

    public Task<ILease?> TryTakeAsync(string jobId, string model) =>
        Task.FromResult<ILease?>(_jobOfModel.TryAdd(model, jobId) ? new Lease(this, model) : null);

    public Task<bool> IsTakenAsync(string jobId) => Task.FromResult(_jobOfModel.Values.Contains(jobId));

    private sealed class Lease(LocalLeases all, string model) : ILease
    {
        public CancellationToken Lost => CancellationToken.None;

        public Task<bool> IsHeldAsync() => Task.FromResult(true);

        public ValueTask DisposeAsync()
        {
            all._jobOfModel.TryRemove(model, out _);
            return ValueTask.CompletedTask;
        }
    }
}
