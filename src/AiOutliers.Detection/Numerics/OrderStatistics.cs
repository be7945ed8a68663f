using System.Numerics.Tensors;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Order statistics in linear time: quickselect (Hoare, Algorithm 65: Find, 1961) with a pivot from a sample near the wanted rank (Floyd,
/// Rivest: Expected time bounds for selection, 1975) and a partition without branches. The values are reordered; NaN is not allowed.
/// </summary>
internal static class OrderStatistics
{
    // A good pivot halves the range: so many rounds mean that the data defeats the sample, and sorting ends it.
    private const int RoundLimit = 60;

    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    public static double Median(Span<double> values)
    {
        var half = (values.Length - 1) / 2;
        var low = Select(values, half);
        return values.Length % 2 == 1 ? low : (low + TensorPrimitives.Min<double>(values[(half + 1)..])) / 2;
    }

    /// <summary>The same of values that stay as they are.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="room">As long as the values; may be their own memory, which is then overwritten.</param>
    public static double Median(ReadOnlySpan<double> values, Span<double> room)
    {
        var (low, high) = Neighbours(values, (values.Length - 1) / 2, room);
        return values.Length % 2 == 1 ? low : (low + high) / 2;
    }

    /// <summary>The quantile, linear between neighbours (Hyndman and Fan's type 7).</summary>
    /// <param name="values">At least one; reordered.</param>
    /// <param name="share">0 the least, 1 the greatest.</param>
    public static double Quantile(Span<double> values, double share)
    {
        var position = share * (values.Length - 1);
        var below = (int)position;
        var low = Select(values, below);
        return below + 1 >= values.Length ? low : low + (position - below) * (TensorPrimitives.Min<double>(values[(below + 1)..]) - low);
    }

    /// <summary>The same of values that stay as they are.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="share">0 the least, 1 the greatest.</param>
    /// <param name="room">As long as the values; may be their own memory, which is then overwritten.</param>
    public static double Quantile(ReadOnlySpan<double> values, double share, Span<double> room)
    {
        var position = share * (values.Length - 1);
        var below = (int)position;
        var (low, high) = Neighbours(values, below, room);
        return below + 1 >= values.Length ? low : low + (position - below) * (high - low);
    }

    /// <summary>The values that sorting would put at a rank and behind it; twice the same where it is the last.</summary>
    public static (double At, double Next) Neighbours(ReadOnlySpan<double> values, int rank, Span<double> room)
    {
        var isLast = rank + 1 == values.Length;
        var left = Narrowing.Around(values, ref rank, room);
        var at = Select(left, rank);
        return (at, isLast ? at : TensorPrimitives.Min<double>(left[(rank + 1)..]));
    }

    /// <summary>
    /// The value that has <paramref name="rank"/> others before it in order; smaller ones end up before it, greater ones behind.
    /// </summary>
    public static double Select(Span<double> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        for (var round = 0; high - low >= Partition.Small; round++)
        {
            if (round == RoundLimit)
            {
                values.Slice(low, high - low + 1).Sort();
                return values[rank];
            }
            Partition.MovePivotToEnd(values, low, high, rank);
            var pivot = values[high];
            var middle = Partition.Less(values, low, high, pivot);
            (values[high], values[middle]) = (values[middle], pivot);
            if (rank == middle)
                return pivot;
            if (rank < middle)
            {
                high = middle - 1;
                continue;
            }
            // Hardly anything below the pivot: it may be a value that occurs many times.
            var unequal = middle - low < (high - low) / 8 ? Partition.UpTo(values, middle, high, pivot) : middle + 1;
            if (rank < unequal)
                return pivot;
            low = unequal;
        }
        Partition.SortSmall(values.Slice(low, high - low + 1));
        return values[rank];
    }
}
