namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// The rows of one event share one score. The scan's statistic is a hill around what is odd; people label the rows of an event from the
/// first to the last. In a run of the statistic, all rows from the first to the last odd one get the peak, as far as the statistic is at
/// least half of it on either side. The rest of the run is treated in the same way.
/// </summary>
internal static class EventShape
{
    /// <summary>Rows of energy above this are odd: three robust deviations in the mean of the views.</summary>
    private const double OddEnergy = 9;

    /// <param name="point">The statistic; raised in place.</param>
    /// <param name="energy">The energy of each row.</param>
    /// <param name="least">Runs are above this.</param>
    public static void Apply(Span<double> point, ReadOnlySpan<double> energy, double least)
    {
        for (var start = 0; start < point.Length; start++)
        {
            if (point[start] <= least)
                continue;
            var end = start + 1;
            while (end < point.Length && point[end] > least)
                end++;
            Shape(point, energy, start, end, least);
            start = end;
        }
    }

    private static void Shape(Span<double> point, ReadOnlySpan<double> energy, int start, int end, double least)
    {
        var pending = new Stack<(int Start, int End)>([(start, end)]);
        while (pending.TryPop(out var run))
        {
            if (run.End <= run.Start)
                continue;
            var peak = run.Start;
            for (var i = run.Start; i < run.End; i++)
                peak = point[i] > point[peak] ? i : peak;
            var (from, after) = (peak, peak + 1);
            while (from > run.Start && 2 * point[from - 1] >= point[peak])
                from--;
            while (after < run.End && 2 * point[after] >= point[peak])
                after++;
            pending.Push((run.Start, from));
            pending.Push((after, run.End));
            var (first, last) = (from, after - 1);
            while (first < last && energy[first] <= OddEnergy)
                first++;
            while (last > first && energy[last] <= OddEnergy)
                last--;
            if (energy[first] > OddEnergy)
                point[first..(last + 1)].Fill(point[peak]);
        }
    }
}
