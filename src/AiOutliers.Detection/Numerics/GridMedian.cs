namespace AiOutliers.Detection.Numerics;

/// <summary>A running median that is computed at every (w/8)-th point and linear between: eight looks at each value instead of one a point.</summary>
internal static class GridMedian
{
    /// <param name="x">The series.</param>
    /// <param name="width">w; made odd, and no more than the series has.</param>
    /// <param name="clamp">At the ends the window stays whole (its centre does not come closer than w/2); else it is cut.</param>
    /// <param name="result">One value a point.</param>
    /// <param name="scratch">Holds one window.</param>
    public static void Of(ReadOnlySpan<double> x, int width, bool clamp, Span<double> result, Scratch scratch)
    {
        var n = x.Length;
        width = Math.Min(width | 1, (n - 1) | 1);
        var half = width / 2;
        var hop = Math.Max(1, width / 8);
        var window = scratch.Take(width);
        result[0] = At(x, 0, half, clamp, window);
        for (var i = 0; i < n - 1;)
        {
            var next = Math.Min(i + hop, n - 1);
            result[next] = At(x, next, half, clamp, window);
            var slope = (result[next] - result[i]) / (next - i);
            for (var j = i + 1; j < next; j++)
                result[j] = result[i] + slope * (j - i);
            i = next;
        }
    }

    private static double At(ReadOnlySpan<double> x, int centre, int half, bool clamp, Span<double> window)
    {
        if (clamp)
            centre = Math.Clamp(centre, half, x.Length - 1 - half);
        var start = Math.Max(0, centre - half);
        var length = Math.Min(x.Length, centre + half + 1) - start;
        window = window[..length];
        x.Slice(start, length).CopyTo(window);
        return OrderStatistics.Median(window);
    }
}
