using System.Diagnostics;
using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Waits for what must come true sooner or later; how soon is not asserted.</summary>
internal static class JobWaiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> state, TimeSpan? patience = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (patience ?? Patience))
                throw new TimeoutException(state());
            await Task.Delay(100);
        }
    }

    /// <param name="retryParked">Whether jobs that lost three leases are put back, as an operator would.</param>
    public static async Task UntilAsync(
        JobQueue queue, IReadOnlyList<string> ids, JobState state, Func<string> logs, bool retryParked = false)
    {
        var board = new JobBoard(queue);
        var open = ids.ToList();
        await UntilAsync(async () =>
        {
            var still = new List<string>();
            foreach (var id in open)
            {
                var job = await board.FindAsync(id);
                if (retryParked && job is { State: JobState.Parked, LostLeases: > 0 })
                    await board.RetryAsync(id);
                if (job?.State != state)
                    still.Add(id);
            }
            open = still;
            return open.Count == 0;
        }, () => $"{open.Count} jobs are not {state}: {string.Join("; ", open.Select(id => board.FindAsync(id).Result))}\n{logs()}");
    }
}
