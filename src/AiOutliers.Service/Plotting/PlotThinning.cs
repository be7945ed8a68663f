namespace AiOutliers.Service.Plotting;

/// <summary>Leaves out the rows of a long series that cannot be seen: four per column of the picture draw the same line.</summary>
internal static class PlotThinning
{
    /// <summary>Of the rows that share a column: the first, the lowest, the highest and the last, in order of time.</summary>
    /// <param name="values">One per row, finite between <paramref name="start"/> and <paramref name="end"/>.</param>
    /// <param name="start">First row.</param>
    /// <param name="end">First row after.</param>
    /// <param name="column">Where a row is drawn; never falls from one row to the next.</param>
    public static List<int> Rows(ReadOnlySpan<double> values, int start, int end, Func<int, int> column)
    {
        var kept = new List<int>();
        for (var first = start; first < end;)
        {
            var (low, high, next) = (first, first, first + 1);
            for (; next < end && column(next) == column(first); next++)
            {
                low = values[next] < values[low] ? next : low;
                high = values[next] > values[high] ? next : high;
            }
            foreach (var row in (ReadOnlySpan<int>)[first, Math.Min(low, high), Math.Max(low, high), next - 1])
            {
                if (kept.Count == 0 || row > kept[^1])
                    kept.Add(row);
            }
            first = next;
        }
        return kept;
    }
}
