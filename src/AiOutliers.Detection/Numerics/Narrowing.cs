namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Narrows values to those around a wanted rank: two of a sample enclose it (Floyd, Rivest: Expected time bounds for selection, 1975), and
/// what lies between them is gathered.
/// </summary>
internal static class Narrowing
{
    private const int Lanes = 4;

    // Fewer are searched sooner than a sample is sorted.
    private const int LeastLength = 256;

    // Four columns of so many values, each sorted. A value's place is off by 2.8 (one standard deviation).
    private const int SampleRows = 32;
    private const int Margin = 3;

    /// <param name="values">Not NaN; unchanged unless they share their memory with <paramref name="room"/>.</param>
    /// <param name="rank">How many others the wanted value has before it in order; becomes the same among those returned.</param>
    /// <param name="room">As long as the values; may be their own memory.</param>
    /// <returns>Those around the wanted one, and the next in order, in <paramref name="room"/>.</returns>
    public static Span<double> Around(ReadOnlySpan<double> values, scoped ref int rank, Span<double> room)
    {
        var left = room[..values.Length];
        if (values.Length < LeastLength)
            values.CopyTo(left);
        while (values.Length >= LeastLength)
        {
            left = Once(values, ref rank, room);
            // Most are alike: another sample would not tell them apart.
            if (2 * left.Length > values.Length)
                break;
            values = left;
        }
        return left;
    }

    private static Span<double> Once(ReadOnlySpan<double> values, scoped ref int rank, Span<double> room)
    {
        var (low, high) = Bracket(values, rank);
        var (below, above) = Between.CountOutside(values, low, high);
        if (rank < below)
            (low, high, below) = (double.NegativeInfinity, low, 0);
        else if (above > 0 && rank + 1 >= values.Length - above)
            (low, high, below) = (high, double.PositiveInfinity, Between.CountOutside(values, high, high).Below);
        rank -= below;
        return Between.Gather(values, low, high, room);
    }

    private static (double Low, double High) Bracket(ReadOnlySpan<double> values, int rank)
    {
        Span<double> sample = stackalloc double[SampleRows * Lanes];
        var step = values.Length / sample.Length;
        for (var i = 0; i < sample.Length; i++)
            sample[i] = values[i * step];
        LaneSort.Sort(sample);
        var place = (int)((long)rank * SampleRows / values.Length);
        return (
            place < Margin ? double.NegativeInfinity : Row(sample, place - Margin)[1],
            place + Margin >= SampleRows ? double.PositiveInfinity : Row(sample, place + Margin)[Lanes - 2]);
    }

    private static Span<double> Row(Span<double> sample, int row)
    {
        var four = sample.Slice(row * Lanes, Lanes);
        four.Sort();
        return four;
    }
}
