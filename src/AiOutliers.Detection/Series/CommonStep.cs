namespace AiOutliers.Detection.Series;

/// <summary>The most frequent distance of neighbouring rows, of equally frequent ones the smallest; 0 with fewer than two rows.</summary>
internal static class CommonStep
{
    /// <param name="times">Ascending, no two equal.</param>
    public static long Of(ReadOnlySpan<long> times) => times.Length < 2 ? 0 : OfMost(times) ?? MostFrequent(times);

    /// <summary>The distance that more than half of the rows keep, without sorting: nearly always the first.</summary>
    private static long? OfMost(ReadOnlySpan<long> times)
    {
        if (IsOfMost(times, times[1] - times[0]))
            return times[1] - times[0];
        var candidate = Candidate(times);
        return IsOfMost(times, candidate) ? candidate : null;
    }

    private static bool IsOfMost(ReadOnlySpan<long> times, long step)
    {
        var count = 0;
        for (var i = 1; i < times.Length; i++)
            count += times[i] - times[i - 1] == step ? 1 : 0;
        return count > (times.Length - 1) / 2;
    }

    /// <summary>The only distance that may be that of most (Boyer and Moore 1981).</summary>
    private static long Candidate(ReadOnlySpan<long> times)
    {
        var (step, votes) = (0L, 0);
        for (var i = 1; i < times.Length; i++)
        {
            if (votes == 0)
                step = times[i] - times[i - 1];
            votes += times[i] - times[i - 1] == step ? 1 : -1;
        }
        return step;
    }

    private static long MostFrequent(ReadOnlySpan<long> times)
    {
        var steps = new long[times.Length - 1];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = times[i + 1] - times[i];
        Array.Sort(steps);
        var (best, bestCount, start) = (steps[0], 0, 0);
        for (var i = 1; i <= steps.Length; i++)
        {
            if (i < steps.Length && steps[i] == steps[start])
                continue;
            if (i - start > bestCount)
                (best, bestCount) = (steps[start], i - start);
            start = i;
        }
        return best;
    }
}
