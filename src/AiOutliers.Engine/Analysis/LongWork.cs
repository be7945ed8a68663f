namespace AiOutliers.Engine.Analysis;

/// <summary>What computes for more than a moment waits for its like, so that it leaves the others a processor; waiting takes no thread.</summary>
public static class LongWork
{
    private static readonly SemaphoreSlim Turns = new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <param name="isLong">Whether it has to wait.</param>
    /// <param name="work">The computation.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async ValueTask<T> RunAsync<T>(bool isLong, Func<T> work, CancellationToken cancellation)
    {
        if (!isLong)
            return work();
        await Turns.WaitAsync(cancellation);
        try
        {
            return work();
        }
        finally
        {
            Turns.Release();
        }
    }
}
