using System.Collections.Concurrent;

namespace AiOutliers.Cluster.Jobs;

/// <summary>For the queue in memory: all jobs are in this process.</summary>
internal sealed class LocalLeases : ILeases
{
    private readonly ConcurrentDictionary<string, string> _jobOfSubject = new(StringComparer.Ordinal);

    public Task<ILease?> TryTakeAsync(string jobId, string subject) =>
        Task.FromResult<ILease?>(_jobOfSubject.TryAdd(subject, jobId) ? new Lease(this, subject) : null);

    public Task<bool> IsTakenAsync(string jobId) => Task.FromResult(_jobOfSubject.Values.Contains(jobId));

    private sealed class Lease(LocalLeases all, string subject) : ILease
    {
        public CancellationToken Lost => CancellationToken.None;

        public Task<bool> IsHeldAsync() => Task.FromResult(true);

        public ValueTask DisposeAsync()
        {
            all._jobOfSubject.TryRemove(subject, out _);
            return ValueTask.CompletedTask;
        }
    }
}
