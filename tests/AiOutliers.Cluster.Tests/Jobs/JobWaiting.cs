using System.Diagnostics;
using AiOutliers.Cluster.Jobs;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Waits for what must come true sooner or later; how soon is not asserted.</summary>
internal static class JobWaiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> state)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException(state());
            await Task.Delay(100);
        }
    }

    public static async Task UntilAsync(JobQueue queue, IReadOnlyList<string> ids, JobState state, Func<string> logs)
    {
        var board = new JobBoard(queue);
        var open = ids.ToList();
        await UntilAsync(async () =>
        {
            var still = new List<string>();
            foreach (var id in open)
            {
                if ((await board.FindAsync(id))?.State != state)
                    still.Add(id);
            }
            open = still;
            return open.Count == 0;
        }, () => $"{open.Count} jobs are not {state}: {string.Join("; ", open.Select(id => board.FindAsync(id).Result))}\n{logs()}");
    }
}
