namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Work on a long series that does not depend on what the caller does meanwhile. Another core does it, if one is free. The result does not
/// depend on that.
/// </summary>
internal static class Beside
{
    /// <summary>Less is done sooner than another core is told of it.</summary>
    private const int LongSeries = 4096;

    /// <summary>
    /// Begins the work on a long series now; on a short one, or where no core was free, it is done when its result is asked for.
    /// </summary>
    public static Lazy<T> Begin<T>(int points, Func<T> work)
    {
        if (points < LongSeries || Environment.ProcessorCount == 1)
            return new(work);
        var task = Task.Run(work);
        return new(() => task.GetAwaiter().GetResult());
    }
}
