namespace AiOutliers.Detection.Numerics;

/// <summary>What to do about missing values: leave them out, or fill them where a line is only drawn.</summary>
internal static class MissingValues
{
    /// <summary>How many values are finite.</summary>
    public static int Count(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values)
            count += double.IsFinite(value) ? 1 : 0;
        return count;
    }

    /// <summary>The places of the finite values, ascending.</summary>
    public static int[] Places(ReadOnlySpan<double> values)
    {
        var count = Count(values);
        var places = new int[count];
        for (var (i, next) = (0, 0); next < count; i++)
        {
            places[next] = i;
            next += double.IsFinite(values[i]) ? 1 : 0;
        }
        return places;
    }

    /// <summary>The finite values, in order.</summary>
    /// <returns>How many they are.</returns>
    public static int CopyKnown(ReadOnlySpan<double> values, Span<double> known)
    {
        var count = 0;
        foreach (var value in values)
        {
            known[count] = value;
            count += double.IsFinite(value) ? 1 : 0;
            if (count == known.Length)
                break;
        }
        return count;
    }

    /// <summary>The same in working memory; the values themselves when all are known.</summary>
    /// <param name="values">The values.</param>
    /// <param name="known">How many of them are finite.</param>
    /// <param name="scratch">Keeps the copy.</param>
    public static ReadOnlySpan<double> Known(ReadOnlySpan<double> values, int known, scoped ref Scratch scratch)
    {
        if (known == values.Length)
            return values;
        var copy = scratch.Take(known);
        CopyKnown(values, copy);
        return copy;
    }

    /// <summary>Missing values (not finite) filled by straight lines between their neighbours; at the ends by the nearest.</summary>
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
