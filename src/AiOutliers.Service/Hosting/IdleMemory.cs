namespace AiOutliers.Service.Hosting;

/// <summary>
/// Gives memory back to the system after large requests. The collector runs when something is allocated: after an answer of 200 MB and then
/// silence the process would keep it all.
/// </summary>
/// <param name="shortest">The pause between two looks, as long as there is something to give.</param>
/// <param name="time">Measures the pauses.</param>
/// <param name="logger">Says how much it was.</param>
internal sealed class IdleMemory(TimeSpan shortest, TimeProvider time, ILogger<IdleMemory> logger)
{
    /// <summary>Below this the process is as large as its everyday work makes it.</summary>
    private const long Everyday = 256L << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var pause = shortest;
        while (true)
        {
            await Task.Delay(pause, time, cancellation);
            var before = Environment.WorkingSet;
            if (before < Everyday)
            {
                pause = shortest;
                continue;
            }
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var given = before - Environment.WorkingSet;
            if (given > before / 10)
            {
                pause = shortest;
                logger.LogInformation("Gave {Megabytes} MB of {Before} MB memory back to the system", given >> 20, before >> 20);
            }
            else
            {
                // The memory is in use: looking for more of it to give back only costs time.
                pause = pause * 2 < Longest ? pause * 2 : Longest;
            }
        }
    }
}
