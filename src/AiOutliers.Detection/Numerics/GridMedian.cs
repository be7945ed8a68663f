namespace AiOutliers.Detection.Numerics;

/// <summary>
/// A running median that is computed at every (w/8)-th point and linear between: eight looks at each value instead of one a point. Missing
/// values (NaN) are left out; a window that has too few says nothing, and the line goes on to the next one.
/// </summary>
internal static class GridMedian
{
    /// <param name="x">The series, with at least one value.</param>
    /// <param name="width">w; made odd, and no more than the series has.</param>
    /// <param name="clamp">At the ends the window stays whole (its centre does not come closer than w/2); else it is cut.</param>
    /// <param name="result">One value a point.</param>
    /// <param name="scratch">Holds one window.</param>
    /// <param name="leastShare">
    /// Below 1 when values are missing. A window counts when it has at least this share of the values that windows have on average.
    /// </param>
    public static void Of(ReadOnlySpan<double> x, int width, bool clamp, Span<double> result, Scratch scratch, double leastShare = 1)
    {
        var n = x.Length;
        width = Math.Min(width | 1, (n - 1) | 1);
        var half = width / 2;
        var hop = Math.Max(1, width / 8);
        var window = scratch.Take(width);
        var minimum = leastShare < 1 ? Math.Max(1, leastShare * width * MissingValues.Count(x) / n) : 0;
        for (var (at, last) = (0, -1); ; at = Math.Min(at + hop, n - 1))
        {
            var median = At(x, at, half, clamp, window, minimum);
            if (!double.IsNaN(median))
            {
                result[at] = median;
                Join(result, last, at);
                last = at;
            }
            if (at < n - 1)
                continue;
            if (last < 0)
                result.Fill(OrderStatistics.Median(Known(x, scratch.Take(n))));
            else
                result[last..].Fill(result[last]);
            return;
        }
    }

    /// <summary>A line from the last known value; before the first, its value.</summary>
    private static void Join(Span<double> result, int last, int at)
    {
        if (last < 0)
        {
            result[..at].Fill(result[at]);
            return;
        }
        var slope = (result[at] - result[last]) / (at - last);
        for (var j = last + 1; j < at; j++)
            result[j] = result[last] + slope * (j - last);
    }

    private static double At(ReadOnlySpan<double> x, int centre, int half, bool clamp, Span<double> window, double minimum)
    {
        if (clamp)
            centre = Math.Clamp(centre, half, x.Length - 1 - half);
        var start = Math.Max(0, centre - half);
        var length = Math.Min(x.Length, centre + half + 1) - start;
        if (minimum > 0)
        {
            var known = Known(x.Slice(start, length), window);
            return known.Length < minimum ? double.NaN : OrderStatistics.Median(known, known);
        }
        return OrderStatistics.Median(x.Slice(start, length), window);
    }

    private static Span<double> Known(ReadOnlySpan<double> x, Span<double> room) => room[..MissingValues.CopyKnown(x, room)];
}
