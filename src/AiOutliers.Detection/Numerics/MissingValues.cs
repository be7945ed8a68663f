namespace AiOutliers.Detection.Numerics;

/// <summary>Missing values (not finite) filled by straight lines between their neighbours; at the ends by the nearest.</summary>
internal static class MissingValues
{
    /// <returns>How many values are known; when none is, <paramref name="filled"/> is left alone.</returns>
    public static int Fill(ReadOnlySpan<double> values, Span<double> filled)
    {
        var known = 0;
        var last = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                continue;
            filled[i] = values[i];
            known++;
            if (last < 0)
                filled[..i].Fill(values[i]);
            else if (i - last > 1)
                Line(filled, last, i);
            last = i;
        }
        if (known > 0)
            filled[last..].Fill(filled[last]);
        return known;
    }

    private static void Line(Span<double> filled, int from, int to)
    {
        // Two products instead of a difference: the difference of two finite values need not be finite.
        for (var i = from + 1; i < to; i++)
        {
            var share = (double)(i - from) / (to - from);
            filled[i] = filled[from] * (1 - share) + filled[to] * share;
        }
    }
}
